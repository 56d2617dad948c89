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
    private final long maxStateBytes;
    private long heldBytes;

    StateBounds(GossipConfig config, Members members) {
        this.members = members;
        this.maxStateBytes = config.maxStateBytes();
    }

    boolean admit(Member member, NodeDelta delta) {
        long arriving = bytesOf(delta);
        if (!member.everLive && member.isStranger() && bytesOf(member.node) + arriving > NEWCOMER_BYTES) {
            return false;
        }
        return heldBytes + arriving <= maxStateBytes;
    }

    /** Takes note that what was admitted is now held. */
    void stored(NodeDelta delta) {
        heldBytes += bytesOf(delta);
    }

    /** Counts afresh, once per round; in between, what arrives is added and what it replaces is not taken off. */
    void recount() {
        heldBytes = 0;
        for (NodeState node : members.cluster.inOrder()) {
            heldBytes += bytesOf(node);
        }
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
