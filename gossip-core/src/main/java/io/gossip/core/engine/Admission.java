/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.admission.HearsayTable;
import io.gossip.core.admission.TokenBucket;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an identity we hold no entry for becomes a member: at once when a live member or seed node names it or
 * it speaks for itself, else when its heartbeat has risen since we first heard of it.
 */
final class Admission {
    static final int MAX_NODE_ID_BYTES = 1_024;

    // A wire form is the node id and this beside it (wire format §3).
    private static final int WIRE_BYTES_BESIDE_ID_V4 = 17;
    private static final int WIRE_BYTES_BESIDE_ID_V6 = 29;

    /** Strangers replace one another no faster than this: everyone who follows the changes hears of each of them twice. */
    private static final int EVICTIONS_PER_SECOND = 20;

    private final Members members;
    private final HearsayTable hearsay;
    private final Effects effects;
    private final Counters counters;
    private final RandomGenerator random;
    private final TokenBucket evictions = new TokenBucket(EVICTIONS_PER_SECOND);
    private boolean toldOfCap;

    Admission(GossipConfig config, Members members, Effects effects, Counters counters, RandomGenerator random) {
        this.members = members;
        this.effects = effects;
        this.counters = counters;
        this.random = random;
        this.hearsay = new HearsayTable(config.maxMembers(), hearsayNanos(config));
    }

    void reconfigure(GossipConfig config) {
        hearsay.resize(config.maxMembers(), hearsayNanos(config));
    }

    private static long hearsayNanos(GossipConfig config) {
        return Math.max(60_000_000_000L, 10 * config.gossipInterval().toNanos());
    }

    int hearsaySize() {
        return hearsay.size();
    }

    void sweep(long nowNanos) {
        hearsay.sweep(nowNanos);
        toldOfCap &= members.isFull();
    }

    /** Hears of an unknown identity; returns the new member if it is admitted. */
    @Nullable
    Member consider(
            NodeIdentity identity, long heartbeat, GossipAddress source, SourceTrust.Level level, long nowNanos) {
        if (nodeIdBytes(identity) > MAX_NODE_ID_BYTES) {
            counters.oversizedNodeIds++;
            return null;
        }
        boolean remembered = members.deadNodes.contains(identity);
        boolean ownVoice = identity.gossipAddress().equals(source);
        if (remembered && Long.compareUnsigned(heartbeat, members.deadNodes.heartbeatOf(identity)) <= 0) {
            // What we remember may be forged. Its own voice that rises twice says so, as it would for a listed member.
            if (!ownVoice || !hearsay.hearVoice(identity, heartbeat, nowNanos, random)) {
                return null;
            }
        }
        if (level == SourceTrust.Level.VOUCHES) {
            return admit(identity, Member.Origin.PROVEN, heartbeat, nowNanos);
        }
        if (ownVoice && roomForSpeaker(source, nowNanos)) {
            return admit(identity, Member.Origin.SPOKE, heartbeat, nowNanos);
        }
        boolean rose = remembered || hearsay.hear(identity, heartbeat, nowNanos, random);
        if (!rose || members.strangers.isFull()) {
            return null;
        }
        Member member = admit(identity, Member.Origin.RISEN, heartbeat, nowNanos);
        if (member != null) {
            members.signOfLife(member.slot(), members.hearing.listenedNanos(nowNanos));
        }
        return member;
    }

    private static int nodeIdBytes(NodeIdentity identity) {
        boolean v6 = identity.gossipAddress().isIpv6();
        return identity.wireLength() - (v6 ? WIRE_BYTES_BESIDE_ID_V6 : WIRE_BYTES_BESIDE_ID_V4);
    }

    private boolean roomForSpeaker(GossipAddress source, long nowNanos) {
        if (!members.strangers.hasRoomAt(source)) {
            return false;
        }
        if (!members.strangers.isFull() || evictForStranger(nowNanos)) {
            return true;
        }
        counters.membersCapped++;
        return false;
    }

    private @Nullable Member admit(NodeIdentity identity, Member.Origin origin, long heartbeat, long nowNanos) {
        boolean proven = origin == Member.Origin.PROVEN;
        if (members.isFull() && !(proven ? evictStranger() : evictForStranger(nowNanos))) {
            counters.membersCapped++;
            tellOfCap();
            return null;
        }
        hearsay.forget(identity);
        return members.admit(identity, origin, heartbeat, nowNanos);
    }

    private boolean evictForStranger(long nowNanos) {
        if (evictions.available(nowNanos) < 1 || !evictStranger()) {
            return false;
        }
        evictions.take(1, nowNanos);
        return true;
    }

    private boolean evictStranger() {
        Member victim = members.strangers.pickForEviction(random);
        if (victim == null) {
            return false;
        }
        members.evict(victim);
        return true;
    }

    private void tellOfCap() {
        if (!toldOfCap) {
            toldOfCap = true;
            effects.notice(
                    Effect.Notice.Kind.MEMBERS_CAPPED,
                    "the cap on members is reached; further members are not admitted (raise max-members)");
        }
    }
}
