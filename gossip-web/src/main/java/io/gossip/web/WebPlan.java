/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.transport.Reconfiguration;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to become of wanted options of the web interface.
 *
 * @param options those in force afterwards
 * @param outcome what changes and what does not
 */
record WebPlan(GossipWebOptions options, Reconfiguration outcome) {
    private static final String SECURITY = "security";
    private static final Set<String> LIVE = Set.of("gossipIntervalMillis", "maxEventStreams", "maxHeldAnswers");
    private static final Set<String> LIVE_SECURITY = Set.of("tokens", "allowedHosts", "corsOrigins", "maxConnections");
    private static final Set<String> FILES = Set.of("tlsCertificatePath", "tlsKeyPath");

    static WebPlan of(GossipWebOptions now, GossipWebOptions wanted) {
        Set<String> liveSecurity = new TreeSet<>(LIVE_SECURITY);
        if (now.getSecurity().isTls() && wanted.getSecurity().isTls()) {
            liveSecurity.addAll(FILES); // whether there is TLS at all is decided when the port is bound
        }
        JsonObject merged = now.toJson();
        JsonObject asked = wanted.toJson();
        JsonObject security = merged.getJsonObject(SECURITY);
        JsonObject askedSecurity = asked.getJsonObject(SECURITY);
        merged.remove(SECURITY);
        asked.remove(SECURITY);
        Reconfiguration general = merge(merged, asked, LIVE);
        Reconfiguration ofSecurity = merge(security, askedSecurity, liveSecurity);
        return new WebPlan(
                new GossipWebOptions(merged.put(SECURITY, security)), general.and(ofSecurity.under(SECURITY)));
    }

    boolean changesTokens() {
        return outcome.applied().contains(SECURITY + ".tokens");
    }

    private static Reconfiguration merge(JsonObject now, JsonObject wanted, Set<String> live) {
        Set<String> names = new TreeSet<>(now.fieldNames());
        names.addAll(wanted.fieldNames());
        List<String> applied = new ArrayList<>();
        List<String> needRestart = new ArrayList<>();
        for (String name : names) {
            Object value = wanted.getValue(name);
            if (Objects.equals(now.getValue(name), value)) {
                continue;
            }
            if (live.contains(name)) {
                now.put(name, value);
                applied.add(name);
            } else {
                needRestart.add(name);
            }
        }
        return new Reconfiguration(applied, needRestart);
    }
}
