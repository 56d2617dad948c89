/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges every member at the end of a round (semantics §8 and §9): who is live, who is retired, whose time is over. */
final class LivenessSweep {
    private final Members members;
    private final Effects effects;
    private long graceNanos;
    private double phiThreshold;
    private final List<Member> over = new ArrayList<>();
    private final Suspects suspects;
    private boolean superseded;

    LivenessSweep(GossipConfig config, Members members, Effects effects) {
        this.members = members;
        this.effects = effects;
        this.graceNanos = config.deadNodeGrace().toNanos();
        this.phiThreshold = config.detector().phiThreshold();
        this.suspects = new Suspects(config, members.detector);
    }

    void reconfigure(GossipConfig config) {
        graceNanos = config.deadNodeGrace().toNanos();
        phiThreshold = config.detector().phiThreshold();
        suspects.reconfigure(config);
    }

    /** Those whom the next round has to ask. */
    Suspects suspects() {
        return suspects;
    }

    boolean isSuperseded() {
        return superseded;
    }

    /** Goes through the members from last to first: of one node id, the greatest generation comes first. */
    void run(long nowNanos) {
        NodeIdentity self = members.self.identity();
        List<Member> inOrder = members.inOrder();
        long listenedNanos = members.hearing.listenedNanos(nowNanos);
        suspects.clear();
        @Nullable NodeIdentity successor = null;
        boolean successorOfSelf = false;
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            int slot = members.index.slotInOrder(i);
            assert members.index.isOrdinary(slot) == inOrder.get(i).isOrdinary()
                    : inOrder.get(i).identity();
            double phi = members.detector.phi(slot, listenedNanos);
            if (members.index.isOrdinary(slot) && phi <= phiThreshold && !suspects.isWorthALook(phi)) {
                continue; // it stays what it is, and almost all do
            }
            Member member = inOrder.get(i);
            NodeIdentity identity = member.identity();
            boolean mayBeOld = member.sharesNodeId;
            member.retired = mayBeOld && (isOlderThan(identity, successor) || isOlderThan(identity, self));
            judge(member, phi, nowNanos);
            if (mayBeOld && member.isLive()) {
                successor = identity;
                successorOfSelf |= isOlderThan(self, identity);
            }
        }
        members.removeAll(over);
        over.clear();
        noticeSuccessor(successorOfSelf);
    }

    private static boolean isOlderThan(NodeIdentity identity, @Nullable NodeIdentity successor) {
        return successor != null
                && Long.compareUnsigned(identity.generation(), successor.generation()) < 0
                && identity.nodeId().equals(successor.nodeId());
    }

    private void judge(Member member, double phi, long nowNanos) {
        boolean beats = phi <= phiThreshold;
        boolean live = beats && !member.retired && !member.leaving;
        if (live && !member.isLive()) {
            members.becomeLive(member, nowNanos);
        } else if (!live && member.isLive()) {
            members.becomeDead(member, nowNanos);
        }
        if (live) {
            suspects.consider(member, phi);
        }
        if (!beats) {
            members.detector.forgetIntervals(member.slot());
        }
        if (!live) {
            age(member, nowNanos - member.deadSinceNanos);
        }
    }

    private void age(Member member, long deadNanos) {
        members.setScheduledForDeletion(member, deadNanos > graceNanos / 2);
        if (deadNanos >= graceNanos) {
            over.add(member);
        }
    }

    private void noticeSuccessor(boolean now) {
        if (now != superseded) {
            superseded = now;
            effects.notice(
                    Effect.Notice.Kind.SUPERSEDED,
                    now
                            ? "a live member has our node id with a greater generation; this node is not ready"
                            : "no live member has our node id with a greater generation any more");
        }
    }
}
