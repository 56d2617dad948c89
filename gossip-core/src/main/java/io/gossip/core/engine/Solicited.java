/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers whom we wrote to lately, for those who take answers from nobody else (W17). Off by default. */
final class Solicited {
    private static final int CAPACITY = 4_096;

    private final Map<GossipAddress, Long> askedAt = new LinkedHashMap<>();
    private final boolean required;
    private long patienceNanos;

    Solicited(GossipConfig config) {
        this.required = config.solicitedAnswersOnly();
        reconfigure(config);
    }

    void reconfigure(GossipConfig config) {
        patienceNanos = Math.max(5_000_000_000L, 5 * config.gossipInterval().toNanos());
    }

    void asked(GossipAddress target, long nowNanos) {
        if (!required) {
            return;
        }
        askedAt.remove(target); // so that it goes to the end of the order
        askedAt.put(target, nowNanos);
        if (askedAt.size() > CAPACITY) {
            askedAt.remove(askedAt.keySet().iterator().next());
        }
    }

    boolean permits(GossipAddress source, long nowNanos) {
        if (!required) {
            return true;
        }
        Long asked = askedAt.get(source);
        return asked != null && nowNanos - asked <= patienceNanos;
    }
}
