/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.detection.HeartbeatLedger;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.Digest;

/** Takes from a received digest what it tells of heartbeats (semantics §7): the only use of a digest but for deltas. */
final class DigestIntake {
    private final Members members;
    private final Admission admission;
    private final OwnState ownState;
    private final Counters counters;
    private final Effects effects;
    private long goodbyeLapseNanos;
    private int usualPerSecond;

    /** Who speaks, and when: the same for all entries of a digest, the time on the clock of {@link Members#hearing} too. */
    private record Speaker(GossipAddress address, SourceTrust.Level level, long nowNanos, long listenedNanos) {}

    DigestIntake(
            GossipConfig config,
            Members members,
            Admission admission,
            OwnState ownState,
            Counters counters,
            Effects effects) {
        this.members = members;
        this.admission = admission;
        this.ownState = ownState;
        this.counters = counters;
        this.effects = effects;
        reconfigure(config);
    }

    void reconfigure(GossipConfig config) {
        goodbyeLapseNanos =
                Math.max(10_000_000_000L, 10 * config.gossipInterval().toNanos());
        usualPerSecond = usualPerSecond(config);
    }

    // One beat for the round, and one for each message: of an exchange one side hears one, the other two.
    private static int usualPerSecond(GossipConfig config) {
        double roundsPerSecond = 1e9 / config.gossipInterval().toNanos();
        return (int) Math.max(1, Math.min(1_000_000, (1 + 3 * config.fanout()) * roundsPerSecond));
    }

    /** Reads the entries from last to first, because the last of two about one identity counts. */
    void take(Digest digest, GossipAddress source, long nowNanos) {
        members.index.digestBegins();
        SourceTrust.Level level = members.trust.of(source);
        if (level == SourceTrust.Level.VOUCHES) {
            members.hearing.heard(nowNanos);
        }
        var speaker = new Speaker(source, level, nowNanos, members.hearing.listenedNanos(nowNanos));
        NodeIdentity self = members.self.identity();
        boolean selfSeen = false;
        for (int i = digest.size() - 1; i >= 0; i--) {
            NodeIdentity identity = digest.identity(i);
            int slot = members.index.slotOf(identity);
            if (slot >= 0) {
                hear(slot, digest.heartbeat(i), speaker);
            } else if (!identity.equals(self)) {
                meet(identity, digest.heartbeat(i), source, level, nowNanos);
            } else if (level == SourceTrust.Level.VOUCHES && !selfSeen) {
                selfSeen = true;
                ownState.heardOfSelf(digest.heartbeat(i), digest.lastGcVersion(i), digest.maxVersion(i), nowNanos);
            }
        }
    }

    private void meet(
            NodeIdentity identity, long heartbeat, GossipAddress source, SourceTrust.Level level, long nowNanos) {
        Member member = admission.consider(identity, heartbeat, source, level, nowNanos);
        if (member != null) {
            members.index.mention(member.slot());
        }
    }

    private void hear(int slot, long heartbeat, Speaker speaker) {
        if (!members.index.mention(slot)) {
            return;
        }
        boolean ownVoice = members.index.isAt(slot, speaker.address());
        boolean ordinary = members.index.isOrdinary(slot);
        if (!ordinary) {
            hearAsStranger(members.index.at(slot), ownVoice, speaker.level());
        }
        if (!ownVoice && !isHearsayHeard(slot, ordinary, heartbeat, speaker.level())) {
            return;
        }
        double phi = members.detector.phi(slot, speaker.listenedNanos());
        HeartbeatLedger.Verdict verdict =
                members.heartbeats.observe(slot, heartbeat, ownVoice, phi, speaker.nowNanos());
        if (ownVoice || verdict != HeartbeatLedger.Verdict.OLD) {
            relay(slot, heartbeat, ownVoice, verdict, speaker.nowNanos());
        }
        switch (verdict) {
            case OLD, FIRST, DISOWNED, OUTVOTED -> {}
            case HELD -> held(members.index.at(slot), heartbeat);
            case RISE, ADOPTED_JUMP, REFUTED -> rose(slot, ordinary, speaker);
        }
    }

    private boolean isHearsayHeard(int slot, boolean ordinary, long heartbeat, SourceTrust.Level level) {
        if (members.heartbeats.isBelieved(slot, heartbeat)) {
            return false; // most of what is heard: nothing would come of it
        }
        if (ordinary) {
            return level != SourceTrust.Level.STRANGER;
        }
        Member member = members.index.at(slot);
        if (level == SourceTrust.Level.STRANGER && !member.isStranger()) {
            return false;
        }
        // As for who is remembered: what lags behind is no news of someone who was removed.
        return !member.unlisted || isAbove(heartbeat, members.heartbeats.believed(slot));
    }

    // What our digest shows is not simply what we believe: others may have no way back from a lie.
    private void relay(int slot, long heartbeat, boolean ownVoice, HeartbeatLedger.Verdict verdict, long nowNanos) {
        long believed = members.heartbeats.believed(slot);
        switch (verdict) {
            case FIRST, REFUTED, OUTVOTED -> members.relay.start(slot, believed);
            case RISE, ADOPTED_JUMP, OLD, HELD, DISOWNED -> {
                if (ownVoice) {
                    members.relay.ownVoice(slot, heartbeat, nowNanos);
                } else if (verdict.isSignOfLife()) {
                    members.relay.hearsay(slot, believed, usualPerSecond, nowNanos);
                }
            }
        }
        members.cluster.heartbeat(slot, members.relay.value(slot));
    }

    private void hearAsStranger(Member member, boolean ownVoice, SourceTrust.Level level) {
        if (!member.isStranger()) {
            return;
        }
        if (level == SourceTrust.Level.VOUCHES) {
            members.prove(member);
        } else if (ownVoice && member.origin == Member.Origin.RISEN) {
            member.origin = Member.Origin.SPOKE;
            if (member.isLive()) {
                members.prove(member);
            }
        }
    }

    private static boolean isAbove(long left, long right) {
        return Long.compareUnsigned(left, right) > 0;
    }

    private void rose(int slot, boolean ordinary, Speaker speaker) {
        members.signOfLife(slot, speaker.listenedNanos());
        if (!ordinary) {
            lapseOldGoodbye(members.index.at(slot), speaker.nowNanos());
        }
    }

    private void lapseOldGoodbye(Member member, long nowNanos) {
        if (member.leaving && member.goodbye != null && nowNanos - member.goodbye.learntNanos() > goodbyeLapseNanos) {
            members.lapseGoodbye(member);
        }
    }

    private void held(Member member, long heartbeat) {
        if (counters.heartbeatJumps++ == 0) {
            effects.notice(
                    Effect.Notice.Kind.IMPLAUSIBLE_CLAIM,
                    "heartbeat of " + member.identity() + " was claimed to be " + Long.toUnsignedString(heartbeat)
                            + ", believed is " + Long.toUnsignedString(members.heartbeats.believed(member.slot()))
                            + "; further jumps are only counted");
        }
    }
}
