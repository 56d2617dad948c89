/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.Gossiper;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One member: its engine while it runs, its clocks, and the datagrams that wait for it. */
final class SimulatedMember {
    /** What a socket buffer holds for a frozen process. */
    static final int PAUSED_QUEUE = 256;

    record Waiting(byte[] datagram, GossipAddress source) {}

    final int number;
    final String nodeId;
    final GossipAddress address;
    final MemberClock clock;
    final ArrayDeque<Waiting> inbox = new ArrayDeque<>();

    @Nullable
    Gossiper engine;

    @Nullable
    NodeIdentity identity;
    /** How often it was started; what was planned for an earlier run is void. */
    int run;

    boolean paused;
    boolean roundMissed;
    boolean leaving;
    boolean inBurst;
    double datagramsPerSecond;
    int queueLimit = PAUSED_QUEUE;
    boolean draining;
    long stoppedAtNanos;
    long receivedDatagrams;

    SimulatedMember(int number, String nodeId, GossipAddress address, MemberClock clock) {
        this.number = number;
        this.nodeId = nodeId;
        this.address = address;
        this.clock = clock;
    }

    boolean isRunning() {
        return engine != null;
    }

    /** Whether it takes part and means to go on. */
    boolean isStaying() {
        return engine != null && !leaving;
    }

    Gossiper engine() {
        return Objects.requireNonNull(engine);
    }

    NodeIdentity identity() {
        return Objects.requireNonNull(identity);
    }
}
