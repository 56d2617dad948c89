/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.cli.config.ConfigKey;
import java.util.Set;

/** Which keys a running member takes over at once. */
final class LiveKeys {
    private static final Set<String> RESTART =
            Set.of("listen-addr", "gossip-addr", "advertise-addr", "node-id", "generation", "cluster-id", "data-dir");

    private LiveKeys() {}

    /** {@return whether a change is applied without a restart} */
    static boolean isLive(ConfigKey key) {
        return !RESTART.contains(key.name());
    }
}
