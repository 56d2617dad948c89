/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.Utf8;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;

/**
 * Bounds what others may make us hold. A datagram of a few kilobytes can carry megabytes of repetitive values, so a member
 * we hardly know gets little room, and all members together at most the configured number of bytes.
 */
final class StateBounds {
    /** Room of a member that was never live: enough for any newcomer's keys to arrive before its third heartbeat. */
    private static final int NEWCOMER_BYTES = 256 * 1024;

    /** What an entry takes beside its texts, about: without it, a million one-byte keys would count as a megabyte. */
    private static final int ENTRY_BYTES = 128;

    private final Members members;
    private final Effects effects;
    private final Counters counters;
    private long maxStateBytes;
    private boolean capped;
    private boolean toldOfCap;

    StateBounds(GossipConfig config, Members members, Effects effects, Counters counters) {
        this.members = members;
        this.effects = effects;
        this.counters = counters;
        this.maxStateBytes = config.maxStateBytes();
    }

    /** What is held beyond a lower limit stays. */
    void reconfigure(GossipConfig config) {
        maxStateBytes = config.maxStateBytes();
    }

    /**
     * Whether there is room for the delta beside all that is held at this moment, our own keys included; counts it if not.
     * What the delta would replace is not taken off.
     */
    boolean admit(Member member, NodeDelta delta) {
        long arriving = bytesOf(delta);
        if (!member.everLive && member.isStranger() && bytesOf(member.node) + arriving > NEWCOMER_BYTES) {
            counters.nodeDeltasIgnored++;
            return false;
        }
        if (heldBytes() + arriving > maxStateBytes) {
            counters.stateCapped++;
            capped = true;
            tellOfCap(member, arriving);
            return false;
        }
        return true;
    }

    private void tellOfCap(Member member, long arriving) {
        if (!toldOfCap) {
            toldOfCap = true;
            effects.notice(
                    Effect.Notice.Kind.STATE_CAPPED,
                    "the cap on state is reached: " + heldBytes() + " of " + maxStateBytes + " bytes are held, "
                            + arriving + " more of " + member.identity()
                            + " are not taken over, and so with all that does not fit (raise max-state-bytes)");
        }
    }

    /** Whoever did not fit tries again each round: it is over when a round passed without anyone, and there is room. */
    void roundEnds() {
        toldOfCap &= capped || heldBytes() > maxStateBytes / 10 * 9;
        capped = false;
    }

    private long heldBytes() {
        return members.cluster.stateBytes() + ENTRY_BYTES * members.cluster.entryCount();
    }

    private static long bytesOf(NodeState node) {
        return node.stateBytes() + (long) ENTRY_BYTES * node.entryCount();
    }

    private static long bytesOf(NodeDelta delta) {
        long bytes = (long) ENTRY_BYTES * delta.mutations().size();
        for (KeyMutation mutation : delta.mutations()) {
            bytes += Utf8.length(mutation.key()) + Utf8.length(mutation.value());
        }
        return bytes;
    }
}
