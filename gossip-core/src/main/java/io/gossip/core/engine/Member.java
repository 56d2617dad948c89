/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeState;
import org.jspecify.annotations.Nullable;

/** What the engine keeps of another member beside its node state: is it alive, how do we know it, may we pass it on. */
final class Member {
    /** How a member came to be known; decides whose word about it counts (see {@link SourceTrust}). */
    enum Origin {
        /** A live member or a seed node named it, or it spoke for itself long enough to be live. */
        PROVEN,
        /** It spoke from its advertised address, and has not been live yet. */
        SPOKE,
        /** Strangers spoke of it, and its heartbeat rose. */
        RISEN
    }

    /** At which version it said so, unsigned, and when we learnt it. */
    record Goodbye(long version, long learntNanos) {}

    final NodeState node;

    Origin origin;
    MemberState state = MemberState.DEAD;
    /** Whether it was ever live here. */
    boolean everLive;
    /** Since when it has not been live; meaningless while it is. */
    long deadSinceNanos;
    /** Whether a live successor of the same node id keeps it dead. */
    boolean retired;
    /** Whether an operator took it off the list; its digest entry stays. */
    boolean unlisted;
    /** Whether it said goodbye, and that has not lapsed. */
    boolean leaving;
    /** The goodbye last learnt: one that lapsed is not learnt again. */
    @Nullable
    Goodbye goodbye;
    /** Dead for more than half of its grace period: no longer passed on. */
    boolean scheduledForDeletion;
    /** Whether it may appear in our digests and deltas to anyone: strangers have to earn that. */
    boolean shareable;
    /** Position in {@link MemberIndex#inOrder()} when that was made last. */
    int position;
    /** Whether another generation of its node id was known then, or another address; our own identity counts. */
    boolean sharesNodeId;
    /** Position in {@link Strangers}, or -1. */
    int strangerPosition = -1;
    /** Up to when it counts as a reader of protocol V1 because it was heard to speak it; see {@link Initiation}. */
    long readsV1UntilRound;

    /** What {@link ReservedKeys#PROTOCOL} said when it was read last, and whether V1 is in it. */
    String protocolRead = "";

    boolean saysV1;
    /** The round from which on it may be asked again whether it does, and how long that was put off. */
    long askAgainInRound;

    int askPauseRounds;
    /** The look at all members in which it was last asked to speak for itself, by {@link Suspects}; 0 for never. */
    long askedInSweep;
    /** Phi when it was last near the verdict; meaningful to {@link Suspects} only. */
    double suspicion;

    Member(NodeState node, Origin origin, long nowNanos) {
        this.node = node;
        this.origin = origin;
        this.deadSinceNanos = nowNanos;
    }

    /** Where the tables that are kept of all members have its row. */
    int slot() {
        return node.slot();
    }

    /**
     * Whether it is as almost all members are: live, proven, listed, in our digest, and the only one with its node id. Then
     * hearing of it changes numbers in tables and nothing here. {@link MemberIndex} keeps a copy of the answer.
     */
    boolean isOrdinary() {
        return isLive() && !isStranger() && isInDigest() && !unlisted && !leaving && !retired && !sharesNodeId;
    }

    NodeIdentity identity() {
        return node.identity();
    }

    boolean isLive() {
        return state == MemberState.LIVE;
    }

    /** Whether strangers are the only ones who told us of it. */
    boolean isStranger() {
        return origin != Origin.PROVEN;
    }

    boolean isInDigest() {
        return shareable && !scheduledForDeletion;
    }
}
