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

    private final Members members;
    private final long maxStateBytes;
    private long heldBytes;

    StateBounds(GossipConfig config, Members members) {
        this.members = members;
        this.maxStateBytes = config.maxStateBytes();
    }

    boolean admit(Member member, NodeDelta delta) {
        long arriving = bytesOf(delta);
        if (!member.everLive && member.isStranger() && member.node.stateBytes() + arriving > NEWCOMER_BYTES) {
            return false;
        }
        if (heldBytes + arriving > maxStateBytes) {
            return false;
        }
        heldBytes += arriving;
        return true;
    }

    /** Counts afresh, once per round; in between, what arrives is added and what it replaces is not taken off. */
    void recount() {
        heldBytes = 0;
        for (NodeState node : members.cluster.inOrder()) {
            heldBytes += node.stateBytes();
        }
    }

    private static long bytesOf(NodeDelta delta) {
        long bytes = 0;
        for (KeyMutation mutation : delta.mutations()) {
            bytes += Utf8.length(mutation.key()) + Utf8.length(mutation.value());
        }
        return bytes;
    }
}
