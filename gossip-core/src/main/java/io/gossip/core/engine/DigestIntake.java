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
        members.digestsTaken++;
        SourceTrust.Level level = members.trust.of(source);
        if (level == SourceTrust.Level.VOUCHES) {
            members.hearing.heard(nowNanos);
        }
        var speaker = new Speaker(source, level, nowNanos, members.hearing.listenedNanos(nowNanos));
        NodeIdentity self = members.self.identity();
        boolean selfSeen = false;
        for (int i = digest.size() - 1; i >= 0; i--) {
            NodeIdentity identity = digest.identity(i);
            Member member = members.find(identity);
            if (member != null) {
                hear(member, digest.heartbeat(i), speaker);
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
            member.mentionedIn = members.digestsTaken;
        }
    }

    private void hear(Member member, long heartbeat, Speaker speaker) {
        if (member.mentionedIn == members.digestsTaken) {
            return;
        }
        member.mentionedIn = members.digestsTaken;
        boolean ownVoice = member.isAt(speaker.address());
        if (member.isStranger()) {
            hearAsStranger(member, ownVoice, speaker.level());
        } else if (!ownVoice && speaker.level() == SourceTrust.Level.STRANGER) {
            return;
        }
        if (!ownVoice && member.heartbeats.isBelieved(heartbeat)) {
            return; // most of what is heard: nothing would come of it
        }
        if (member.unlisted && !ownVoice && !isAbove(heartbeat, member.heartbeats.believed())) {
            return; // as for who is remembered: what lags behind is no news of someone who was removed
        }
        double phi = member.detector.phi(speaker.listenedNanos());
        HeartbeatLedger.Verdict verdict = member.heartbeats.observe(heartbeat, ownVoice, phi, speaker.nowNanos());
        if (ownVoice || verdict != HeartbeatLedger.Verdict.OLD) {
            relay(member, heartbeat, ownVoice, verdict, speaker.nowNanos());
        }
        switch (verdict) {
            case OLD, FIRST, DISOWNED, OUTVOTED -> {}
            case HELD -> held(member, heartbeat);
            case RISE, ADOPTED_JUMP, REFUTED -> rose(member, speaker);
        }
    }

    // What our digest shows is not simply what we believe: others may have no way back from a lie.
    private void relay(
            Member member, long heartbeat, boolean ownVoice, HeartbeatLedger.Verdict verdict, long nowNanos) {
        switch (verdict) {
            case FIRST, REFUTED, OUTVOTED -> member.relayed.start(member.heartbeats.believed());
            case RISE, ADOPTED_JUMP, OLD, HELD, DISOWNED -> {
                if (ownVoice) {
                    member.relayed.ownVoice(heartbeat, nowNanos);
                } else if (verdict.isSignOfLife()) {
                    member.relayed.hearsay(member.heartbeats.believed(), usualPerSecond, nowNanos);
                }
            }
        }
        member.node.heartbeat(member.relayed.value());
    }

    private void hearAsStranger(Member member, boolean ownVoice, SourceTrust.Level level) {
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

    private void rose(Member member, Speaker speaker) {
        member.signOfLife(members.hearing, speaker.listenedNanos());
        if (member.leaving
                && member.goodbye != null
                && speaker.nowNanos() - member.goodbye.learntNanos() > goodbyeLapseNanos) {
            members.lapseGoodbye(member);
        }
    }

    private void held(Member member, long heartbeat) {
        if (counters.heartbeatJumps++ == 0) {
            effects.notice(
                    Effect.Notice.Kind.IMPLAUSIBLE_CLAIM,
                    "heartbeat of " + member.identity() + " was claimed to be " + Long.toUnsignedString(heartbeat)
                            + ", believed is " + Long.toUnsignedString(member.heartbeats.believed())
                            + "; further jumps are only counted");
        }
    }
}
