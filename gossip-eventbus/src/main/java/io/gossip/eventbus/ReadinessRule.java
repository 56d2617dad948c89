/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.EngineStats;
import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.GossipNode;
import io.gossip.transport.HostPort;
import io.gossip.transport.TransportHealth;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Judges the readiness of one node (architecture §4).
 *
 * <p>A seed node that is this node's own address is no other one. A name that resolves to this node alone is: who
 * configures a name expects more behind it, and after a restart of everything at once the name service may know only
 * this node for a while.
 */
final class ReadinessRule {
    private final List<String> otherSeedNodes;
    private final long timeoutMillis;
    private final long startNanos;

    /**
     * A rule for a node that has just started.
     *
     * @param otherSeedNodes where a peer is expected to answer; if empty, none is
     * @param timeoutMillis how long to wait for a peer at most; 0 for ever
     * @param startNanos when the waiting began
     */
    ReadinessRule(List<String> otherSeedNodes, long timeoutMillis, long startNanos) {
        this.otherSeedNodes = List.copyOf(otherSeedNodes);
        this.timeoutMillis = timeoutMillis;
        this.startNanos = startNanos;
    }

    static ReadinessRule of(GossipNode node, long timeoutMillis, long startNanos) {
        Set<GossipAddress> own = new HashSet<>(List.of(node.self().gossipAddress(), node.listenAddress()));
        List<String> others = node.options().getSeedNodes().stream()
                .filter(seed -> HostPort.parse("seedNodes", seed)
                        .literal()
                        .filter(own::contains)
                        .isEmpty())
                .toList();
        return new ReadinessRule(others, timeoutMillis, startNanos);
    }

    Readiness judge(EngineStats stats, TransportHealth transport, long nowNanos) {
        if (stats.superseded()) {
            return no("a live member has the node id of this one with a greater generation: stop one of the two");
        }
        if (transport.state() != TransportHealth.State.OPEN) {
            return no("the gossip socket is broken and being re-opened: "
                    + transport.lastError().orElse("no reason known"));
        }
        if (stats.answered()) {
            return yes("a peer has answered");
        }
        if (otherSeedNodes.isEmpty()) {
            return yes("no seed node but this one is configured");
        }
        if (timeoutMillis > 0 && nowNanos - startNanos >= TimeUnit.MILLISECONDS.toNanos(timeoutMillis)) {
            return yes("no peer has answered within " + timeoutMillis + " ms, which is as long as is to be waited");
        }
        return no("no peer has answered yet, seed nodes: " + String.join(", ", otherSeedNodes));
    }

    private static Readiness yes(String reason) {
        return new Readiness(true, reason);
    }

    private static Readiness no(String reason) {
        return new Readiness(false, reason);
    }
}
