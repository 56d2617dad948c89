/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.state.AppliedDelta;
import io.gossip.core.state.NodeDelta;

/** Applies received deltas, node by node, from those who may bring them. */
final class DeltaIntake {
    private final Members members;
    private final Effects effects;
    private final Counters counters;
    private final StateBounds bounds;

    DeltaIntake(Members members, Effects effects, Counters counters, StateBounds bounds) {
        this.members = members;
        this.effects = effects;
        this.counters = counters;
        this.bounds = bounds;
    }

    void take(Delta delta, GossipAddress source, long nowNanos) {
        SourceTrust.Level level = members.trust.of(source);
        boolean anyReset = false;
        for (NodeDelta nodeDelta : delta.nodeDeltas()) {
            Member member = members.find(nodeDelta.identity());
            if (member == null || !maySpeakFor(member, source, level)) {
                counters.nodeDeltasIgnored++;
            } else if (bounds.admit(member, nodeDelta)) {
                anyReset |= apply(member, nodeDelta, nowNanos);
            }
        }
        if (anyReset) {
            effects.add(new Effect.CatchUpSuggested());
        }
    }

    // Our own identity is no member in this sense, so deltas about ourselves never get here.
    private static boolean maySpeakFor(Member member, GossipAddress source, SourceTrust.Level level) {
        return level != SourceTrust.Level.STRANGER
                || member.origin == Member.Origin.RISEN
                || member.identity().gossipAddress().equals(source);
    }

    private boolean apply(Member member, NodeDelta nodeDelta, long nowNanos) {
        AppliedDelta applied = member.node.apply(nodeDelta, nowNanos);
        switch (applied.verdict()) {
            case APPLY, APPLY_AFTER_RESET -> applied(member, applied, nowNanos);
            case REJECT_FROM_FUTURE, REJECT_MISSED_DELETIONS, REJECT_ALREADY_KNOWN, REJECT_BARE -> {
                counters.nodeDeltasRejected++;
                counters.deltaEntriesRejected += nodeDelta.mutations().size();
            }
        }
        return applied.reset();
    }

    private void applied(Member member, AppliedDelta applied, long nowNanos) {
        counters.deltaEntriesApplied += applied.stored();
        if (applied.reset()) {
            counters.resets++;
        }
        if (!member.unlisted) {
            effects.changed(new ClusterEvent.KeysChanged(
                    member.identity(),
                    applied.reset(),
                    member.node.maxVersion(),
                    member.node.lastGcVersion(),
                    applied.changes()));
        }
        members.noticeGoodbye(member, nowNanos);
    }
}
