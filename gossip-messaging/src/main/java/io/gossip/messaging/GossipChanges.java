/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.ServiceInfo;
import io.gossip.eventbus.ServiceOffer;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /**
     * Tells the running member. Keys that are no longer configured are left as they are: somebody may have written them
     * since.
     *
     * @return completes with what takes it back; if a part is refused, takes the others back and fails
     */
    Future<Undo> apply(GossipService service) {
        Undo undo = new Undo(service);
        Future<?> done = Future.succeededFuture();
        for (Map.Entry<String, String> entry : wanted.getInitialKeyValues().entrySet()) {
            if (!entry.getValue().equals(former.getInitialKeyValues().get(entry.getKey()))) {
                done = done.compose(before -> undo.remember(entry.getKey()))
                        .compose(kept -> service.set(entry.getKey(), entry.getValue()));
            }
        }
        if (!Objects.equals(former.getService(), wanted.getService())) {
            done = done.compose(before -> undo.remember(ServiceInfo.KEY)).compose(kept -> offer(service));
        }
        return done.map(undo).recover(failure -> undo.run().transform(undone -> Future.failedFuture(failure)));
    }

    private Future<?> offer(GossipService service) {
        ServiceOffer offer = wanted.getService();
        return offer == null
                ? service.withdrawService()
                : service.setService(offer.type(), offer.shard(), offer.host());
    }

    /** What some keys were before. */
    static final class Undo {
        private static final int NOT_FOUND = 404;

        private final GossipService service;
        private final Map<String, Optional<String>> before = new LinkedHashMap<>();

        Undo(GossipService service) {
            this.service = service;
        }

        private Future<Void> remember(String key) {
            return service.get(key)
                    .map(entry -> Optional.of(entry.value()))
                    .recover(failure -> failure instanceof ReplyException refused && refused.failureCode() == NOT_FOUND
                            ? Future.succeededFuture(Optional.empty())
                            : Future.failedFuture(failure))
                    .onSuccess(value -> before.put(key, value))
                    .mapEmpty();
        }

        /** Writes everything as it was, as far as that is possible. Never fails. */
        Future<Void> run() {
            List<Future<Void>> all = new ArrayList<>();
            before.forEach(
                    (key, value) -> all.add((value.isPresent() ? service.set(key, value.get()) : service.delete(key))
                            .<Void>mapEmpty()
                            .otherwiseEmpty()));
            return Future.join(all).mapEmpty();
        }
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
