/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.cli.config.ConfigKey;
import io.gossip.cli.config.Configuration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which keys a running member takes over at once. */
final class LiveKeys {
    private static final Set<String> RESTART = Set.of(
            "listen-addr",
            "gossip-addr",
            "advertise-addr",
            "node-id",
            "generation",
            "cluster-id",
            "profile",
            "service-type",
            "http-advertise-addr",
            "health-needs-token",
            "set-kv-by-post-only",
            "data-dir");
    private static final Set<String> OF_SERVICE = Set.of("service", "shard");
    private static final Set<String> OF_TLS = Set.of("tls-cert", "tls-key");

    private LiveKeys() {}

    /** {@return whether a change is applied without a restart, as a rule} */
    static boolean isLive(ConfigKey key) {
        return !RESTART.contains(key.name());
    }

    /** {@return the keys whose change has to wait: for a service that may be of a new type, and for TLS at all, too} */
    static Set<ConfigKey> heldBack(Configuration before, Configuration wanted) {
        List<ConfigKey> changed = wanted.differences(before);
        boolean newTypes = changed.stream().anyMatch(key -> key.name().equals("service-type"));
        return changed.stream()
                .filter(key -> !isLive(key)
                        || (newTypes && OF_SERVICE.contains(key.name()))
                        || (OF_TLS.contains(key.name()) && isSet(key, before) != isSet(key, wanted)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isSet(ConfigKey key, Configuration configuration) {
        return configuration.setting(key).isPresent();
    }
}
