/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.ServiceOffer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The gossip half of a new configuration: what can be told to a running member is told, the rest is named. */
final class GossipChanges {
    private static final Set<String> LIVE = Set.of("service", "initialKeyValues");

    private final GossipOptions former;
    private final GossipOptions wanted;

    GossipChanges(GossipOptions former, GossipOptions wanted) {
        this.former = former;
        this.wanted = wanted;
    }

    List<String> applied() {
        return differing().stream()
                .filter(LIVE::contains)
                .map(name -> "gossip." + name)
                .toList();
    }

    List<String> needRestart() {
        List<String> names = new ArrayList<>();
        for (String name : differing()) {
            if (name.equals("node")) {
                differing(former.getNode().toJson(), wanted.getNode().toJson())
                        .forEach(option -> names.add("gossip.node." + option));
            } else if (!LIVE.contains(name)) {
                names.add("gossip." + name);
            }
        }
        return names;
    }

    /** Keys that are no longer configured are left as they are: somebody may have written them since. */
    Future<Void> apply(GossipService service) {
        Future<?> done = Future.succeededFuture();
        for (Map.Entry<String, String> entry : wanted.getInitialKeyValues().entrySet()) {
            if (!entry.getValue().equals(former.getInitialKeyValues().get(entry.getKey()))) {
                done = done.compose(before -> service.set(entry.getKey(), entry.getValue()));
            }
        }
        if (!Objects.equals(former.getService(), wanted.getService())) {
            ServiceOffer offer = wanted.getService();
            done = done.compose(before -> offer == null
                    ? service.withdrawService()
                    : service.setService(offer.type(), offer.shard(), offer.host()));
        }
        return done.mapEmpty();
    }

    private Set<String> differing() {
        return differing(former.toJson(), wanted.toJson());
    }

    static Set<String> differing(JsonObject former, JsonObject wanted) {
        Set<String> names = new TreeSet<>(former.fieldNames());
        names.addAll(wanted.fieldNames());
        names.removeIf(name -> Objects.equals(former.getValue(name), wanted.getValue(name)));
        return names;
    }
}
