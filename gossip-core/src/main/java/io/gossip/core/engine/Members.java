/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.admission.DeadNodeMemory;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.detection.Hearing;
import io.gossip.core.detection.HeartbeatLedger;
import io.gossip.core.detection.HeartbeatRelay;
import io.gossip.core.detection.PhiAccrualDetector;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.VersionedValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members this node knows, itself included, and the transitions of their lives. Every transition that a reader could
 * notice is reported here, and only here.
 */
final class Members {
    final ClusterState cluster;
    final NodeState self;
    final SourceTrust trust = new SourceTrust();
    final Strangers strangers;
    final DeadNodeMemory deadNodes;
    final MemberIndex index;
    final PhiAccrualDetector detector;
    final HeartbeatLedger heartbeats;
    final HeartbeatRelay relay = new HeartbeatRelay();
    Hearing hearing;

    private GossipConfig config;
    private final Effects effects;
    private long digestVersion;
    private long standingVersion;
    private long listingVersion;
    private long revivals;

    Members(GossipConfig config, Effects effects) {
        this.config = config;
        this.effects = effects;
        this.cluster =
                config.sharedInstances() == null ? new ClusterState() : new ClusterState(config.sharedInstances());
        this.self = cluster.create(config.self());
        this.index = new MemberIndex(cluster);
        this.detector = new PhiAccrualDetector(config.detector());
        this.heartbeats = new HeartbeatLedger(config.detector().phiThreshold());
        this.strangers = new Strangers(config);
        this.deadNodes = new DeadNodeMemory(config.deadNodeMemory());
        this.hearing = config.detector().rule().hearing(config.gossipInterval().toNanos(), config.fanout());
    }

    /** Before anything is judged by the new settings; whoever is live must not look silent because of them. */
    void reconfigure(GossipConfig wanted, long nowNanos) {
        long oldNanos = config.gossipInterval().toNanos();
        long newNanos = wanted.gossipInterval().toNanos();
        DetectorSettings settings = wanted.detector();
        long clockShiftNanos = settings.rule() == config.detector().rule() ? 0 : replaceHearing(wanted, nowNanos);
        if (newNanos != oldNanos || wanted.fanout() != config.fanout()) {
            hearing.paceChanged(newNanos, wanted.fanout(), nowNanos);
        }
        detector.shiftClock(clockShiftNanos);
        detector.reconfigure(settings);
        heartbeats.reconfigure(settings.phiThreshold());
        if (newNanos > oldNanos) {
            detector.stretchIntervals((double) newNanos / oldNanos);
        }
        strangers.reconfigure(wanted);
        deadNodes.resize(wanted.deadNodeMemory());
        config = wanted;
    }

    private long replaceHearing(GossipConfig wanted, long nowNanos) {
        long beforeNanos = hearing.listenedNanos(nowNanos);
        long intervalNanos = wanted.gossipInterval().toNanos();
        hearing = wanted.detector().rule().hearing(intervalNanos, wanted.fanout());
        hearing.paceChanged(intervalNanos, wanted.fanout(), nowNanos);
        return hearing.listenedNanos(nowNanos) - beforeNanos;
    }

    @Nullable
    Member find(NodeIdentity identity) {
        return index.find(identity);
    }

    /** All other members in identity order, unlisted ones included; the list is replaced when membership changes. */
    List<Member> inOrder() {
        return index.inOrder();
    }

    /** Whether another member can be written to at an address: not our own, and one that datagrams can be sent to. */
    boolean canBeElsewhere(GossipAddress address) {
        return !address.equals(config.self().gossipAddress()) && !address.isWildcard() && address.port() != 0;
    }

    boolean isFull() {
        return index.size() + 1 >= config.maxMembers();
    }

    /** Grows whenever the set of members in our digest changes. */
    long digestVersion() {
        return digestVersion;
    }

    /** Grows whenever that set changes, or one of all members becomes live or ceases to be, or leaves or enters the list. */
    long standingVersion() {
        return digestVersion + standingVersion;
    }

    /** Grows whenever a member comes, goes, becomes live or ceases to be, or is taken off the list or put back. */
    long peersVersion() {
        return cluster.membershipVersion() + standingVersion + listingVersion;
    }

    Member admit(NodeIdentity identity, Member.Origin origin, long heartbeat, long nowNanos) {
        deadNodes.forget(identity);
        Member member = new Member(cluster.create(identity), origin, nowNanos);
        index.add(member);
        detector.begin(member.slot());
        heartbeats.start(member.slot(), heartbeat);
        relay.start(member.slot(), heartbeat);
        member.node.heartbeat(heartbeat);
        if (origin == Member.Origin.PROVEN) {
            member.shareable = true;
        } else {
            strangers.add(member);
        }
        digestVersion += member.isInDigest() ? 1 : 0;
        effects.changed(new ClusterEvent.MemberJoined(member.identity()));
        warnOfTwin(member.identity());
        return member;
    }

    /** The member was vouched for, or lived by its own voice: it is a stranger no longer. */
    void prove(Member member) {
        if (member.isStranger()) {
            strangers.remove(member);
            member.origin = Member.Origin.PROVEN;
            member.shareable = true;
            digestVersion++;
            if (member.everLive) {
                trust.becameAcquainted(addressOf(member));
            }
            if (member.isLive()) {
                trust.becameLive(addressOf(member));
            }
            index.update(member);
        }
    }

    void becomeLive(Member member, long nowNanos) {
        if (member.unlisted) {
            relist(member);
        }
        member.state = MemberState.LIVE;
        standingVersion++;
        setScheduledForDeletion(member, false);
        boolean first = !member.everLive;
        revivals += first ? 0 : 1;
        member.everLive = true;
        if (member.origin == Member.Origin.SPOKE) {
            prove(member);
        } else if (member.origin == Member.Origin.PROVEN) {
            if (first) {
                trust.becameAcquainted(addressOf(member));
            }
            trust.becameLive(addressOf(member));
        } else if (!member.shareable && strangers.takeShare(nowNanos)) {
            member.shareable = true;
            digestVersion++;
        }
        index.update(member);
        effects.changed(new ClusterEvent.MemberAlive(member.identity()));
    }

    /** Takes note of a sign of life at a moment of the hearing's clock. */
    void signOfLife(int slot, long listenedNanos) {
        if (hearing.isWaking() || isTooSoon(slot, listenedNanos)) {
            detector.signOutOfRhythm(slot, listenedNanos);
        } else {
            detector.signOfLife(slot, listenedNanos);
        }
    }

    private boolean isTooSoon(int slot, long listenedNanos) {
        long shortestGapNanos = hearing.shortestGapNanos();
        return shortestGapNanos > 0
                && detector.samples(slot) > 0
                && detector.silenceNanos(slot, listenedNanos) < shortestGapNanos;
    }

    /** How often a member became live that had been live before. */
    long revivals() {
        return revivals;
    }

    void becomeDead(Member member, long nowNanos) {
        ceaseLive(member, MemberState.DEAD, nowNanos);
        effects.changed(new ClusterEvent.MemberDead(member.identity()));
    }

    /** Looks for a goodbye among the member's keys after they changed. */
    void noticeGoodbye(Member member, long nowNanos) {
        VersionedValue state = member.node.get(ReservedKeys.STATE);
        if (state == null || state.isDeleted() || !state.value().equals(ReservedKeys.LEAVING)) {
            if (member.leaving) {
                lapseGoodbye(member);
            }
        } else if (member.goodbye == null || state.version() != member.goodbye.version()) {
            member.goodbye = new Member.Goodbye(state.version(), nowNanos);
            becomeLeft(member, nowNanos);
        }
    }

    private void becomeLeft(Member member, long nowNanos) {
        member.leaving = true;
        boolean wasLeft = member.state == MemberState.LEFT;
        ceaseLive(member, MemberState.LEFT, nowNanos);
        if (!member.unlisted && !wasLeft) {
            effects.changed(new ClusterEvent.MemberLeft(member.identity()));
        }
    }

    /** The goodbye no longer holds; the member counts as dead until it is live. */
    void lapseGoodbye(Member member) {
        member.leaving = false;
        member.state = MemberState.DEAD;
        index.update(member);
        if (!member.unlisted) {
            effects.changed(new ClusterEvent.MemberDead(member.identity()));
        }
    }

    private void ceaseLive(Member member, MemberState state, long nowNanos) {
        if (member.isLive()) {
            member.deadSinceNanos = nowNanos;
            standingVersion++;
            if (member.origin == Member.Origin.PROVEN) {
                trust.ceasedLive(addressOf(member));
            }
        }
        member.state = state;
        index.update(member);
    }

    /** Takes a dead member off the list; its entry in the digest stays until its time is over. */
    void unlist(Member member) {
        member.unlisted = true;
        index.update(member);
        listingVersion++;
        effects.changed(new ClusterEvent.MemberRemoved(member.identity()));
    }

    private void relist(Member member) {
        member.unlisted = false;
        listingVersion++;
        effects.changed(new ClusterEvent.MemberJoined(member.identity()));
        NodeSnapshot now = member.node.snapshot();
        List<KeyChange> all = new ArrayList<>();
        for (KeyMutation entry : now.entries()) {
            all.add(KeyChange.of(entry));
        }
        effects.changed(
                new ClusterEvent.KeysChanged(member.identity(), true, now.maxVersion(), now.lastGcVersion(), all));
    }

    /** Forgets a member for good, but for its last heartbeat. */
    void remove(Member member) {
        long heartbeat = heartbeats.believed(member.slot());
        forget(member);
        deadNodes.remember(member.identity(), heartbeat);
    }

    /** Forgets a stranger as if it had never been: else a flood of strangers would wash real members out of the memory. */
    void evict(Member stranger) {
        forget(stranger);
    }

    private void forget(Member member) {
        NodeIdentity identity = member.identity();
        if (member.isLive()) {
            throw new IllegalStateException("cannot remove a live member: " + identity);
        }
        index.remove(member);
        cluster.remove(identity);
        strangers.remove(member);
        if (member.everLive && member.origin == Member.Origin.PROVEN) {
            trust.forgotten(addressOf(member));
        }
        digestVersion += member.isInDigest() ? 1 : 0;
        if (!member.unlisted) {
            effects.changed(new ClusterEvent.MemberRemoved(identity));
        }
    }

    void removeAll(List<Member> gone) {
        for (Member member : gone) {
            remove(member);
        }
    }

    void setScheduledForDeletion(Member member, boolean scheduled) {
        if (member.scheduledForDeletion != scheduled) {
            member.scheduledForDeletion = scheduled;
            index.update(member);
            digestVersion++;
        }
    }

    private void warnOfTwin(NodeIdentity identity) {
        NodeIdentity other = twinOf(identity);
        if (other != null) {
            effects.notice(
                    Effect.Notice.Kind.DUPLICATE_GENERATION,
                    "two addresses claim the same node id and generation: " + other + " and " + identity
                            + "; was a member started twice?");
        }
    }

    // Twins differ in nothing but the address, the last thing identities are sorted by: so they are neighbours.
    private @Nullable NodeIdentity twinOf(NodeIdentity identity) {
        NodeState before = cluster.before(identity);
        if (before != null && isTwin(before.identity(), identity)) {
            return before.identity();
        }
        NodeState after = cluster.after(identity);
        return after != null && isTwin(after.identity(), identity) ? after.identity() : null;
    }

    private static boolean isTwin(NodeIdentity one, NodeIdentity other) {
        return one.generation() == other.generation() && one.nodeId().equals(other.nodeId());
    }

    private static GossipAddress addressOf(Member member) {
        return member.identity().gossipAddress();
    }
}
