/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeState;
import io.gossip.core.wire.DatagramWriter;
import io.gossip.core.wire.DigestImage;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Our digest as prepared bytes: laid out anew when members come and go, otherwise only its numbers are brought up to date.
 *
 * <p>When the whole digest does not fit (W3) a part is sent: ourselves always, then live members in random order, then the
 * most recently dead. Peers then resend what they think we lack, so it is an emergency mode: noticed and counted.
 */
final class OwnDigest {
    /** What a partial digest leaves to the delta behind it. */
    private static final int PARTIAL_RESERVE_BYTES = 8 * 1024;

    /** Header, count or block heads. */
    private static final int FIXED_BYTES = 8;

    /** Identities of one cluster look alike, so a compressed part may hold this many times its size at first guess. */
    private static final int V1_OPTIMISM = 4;

    /** More than any digest with heartbeats in it compresses. */
    private static final int V1_DENSEST = 16;

    private static final int WARN_PERCENT = 70;
    private static final int CALM_PERCENT = 60;

    private final GossipConfig config;
    private final Members members;
    private final Effects effects;
    private final Counters counters;
    private final RandomGenerator random;
    private final DigestImage image = new DigestImage();
    private List<NodeState> laidOut = List.of();
    private long laidOutVersion = -1;
    private long rankedVersion = -1;
    private int[] ranked = new int[0]; // positions in laidOut
    private int liveCount;
    private int selfAt;
    private boolean warned;

    OwnDigest(GossipConfig config, Members members, Effects effects, Counters counters, RandomGenerator random) {
        this.config = config;
        this.members = members;
        this.effects = effects;
        this.counters = counters;
        this.random = random;
    }

    /**
     * Writes the digest, whole or in part, so that the message stays within {@code maxBytes} and {@code reserveBytes} are
     * left behind it; returns false if not even our own entry fits. {@code speakers} are those whom the message goes to:
     * they are told what we hold of them even if nobody else is, or they would send all of it again each time.
     */
    boolean write(
            DatagramWriter writer, ProtocolVersion version, int maxBytes, int reserveBytes, List<Member> speakers) {
        layOut();
        int beyondMax = config.maxDatagramBytes() - maxBytes;
        if (mayFit(version, maxBytes)) {
            if (writeWith(speakers, writer, beyondMax + reserveBytes)) {
                return true;
            }
            fill(image, laidOut);
            if (writer.digest(image, beyondMax + reserveBytes)) {
                counters.digestBytes = writer.digestBytes();
                warnOfSize(writer.digestBytes());
                return true;
            }
        }
        counters.digestsPartial++;
        if (maxBytes == config.maxDatagramBytes()) {
            warnOfSize(config.maxDatagramBytes());
        }
        int reserve = Math.max(reserveBytes, Math.min(PARTIAL_RESERVE_BYTES, maxBytes / 8));
        int room = Math.max(0, maxBytes - reserve - FIXED_BYTES);
        return writePart(writer, version == ProtocolVersion.V0 ? room : V1_OPTIMISM * room, beyondMax + reserve)
                || writePart(writer, 0, beyondMax + reserveBytes);
    }

    private boolean writeWith(List<Member> speakers, DatagramWriter writer, int reserveBytes) {
        List<NodeState> nodes = laidOut;
        for (Member speaker : speakers) {
            if (!speaker.isInDigest() && !speaker.scheduledForDeletion) {
                nodes = nodes == laidOut ? new ArrayList<>(laidOut) : nodes;
                nodes.add(speaker.node);
            }
        }
        if (nodes == laidOut) {
            return false;
        }
        nodes.sort(Comparator.comparing(NodeState::identity));
        return writer.digest(imageOf(nodes), reserveBytes);
    }

    // Answers to strangers may have little room: find out cheaply that all of it cannot fit.
    private boolean mayFit(ProtocolVersion version, int maxBytes) {
        long most = version == ProtocolVersion.V0 ? maxBytes : (long) V1_DENSEST * maxBytes;
        return image.plainBytes() <= most;
    }

    private void layOut() {
        if (laidOutVersion != members.digestVersion()) {
            laidOut = included();
            image.layout(identities(laidOut));
            laidOutVersion = members.digestVersion();
            rankedVersion = -1;
        }
    }

    private List<NodeState> included() {
        List<NodeState> included = new ArrayList<>();
        for (NodeState node : members.cluster.inOrder()) {
            Member member = members.find(node.identity());
            if (member == null || member.isInDigest()) {
                included.add(node);
            }
        }
        return included;
    }

    // A compressed part may hold more entries than its plain bytes suggest, so try generously and come down.
    private boolean writePart(DatagramWriter writer, int mostPlainBytes, int reserveBytes) {
        rank();
        int shuffled = 0;
        for (int plainBytes = mostPlainBytes; ; plainBytes -= plainBytes / 4 + 1) {
            int count = fitting(plainBytes, shuffled);
            shuffled = Math.max(shuffled, Math.min(count + 1, liveCount));
            if (writer.digest(imageOf(part(count)), reserveBytes)) {
                counters.digestBytes = writer.digestBytes();
                return true;
            }
            if (count == 0) {
                return false;
            }
        }
    }

    /** Orders the others by urgency, live ones first; kept until someone comes, goes, lives or dies. */
    private void rank() {
        if (rankedVersion == members.standingVersion()) {
            return;
        }
        rankedVersion = members.standingVersion();
        ranked = new int[laidOut.size() - 1];
        liveCount = 0;
        List<Integer> dead = new ArrayList<>();
        for (int i = 0; i < laidOut.size(); i++) {
            Member member = members.find(laidOut.get(i).identity());
            if (member == null) {
                selfAt = i;
            } else if (member.isLive()) {
                ranked[liveCount++] = i;
            } else {
                dead.add(i);
            }
        }
        dead.sort(Comparator.comparingLong(this::deadSince).reversed());
        int next = liveCount;
        for (int i : dead) {
            ranked[next++] = i;
        }
    }

    private long deadSince(int at) {
        Member member = members.find(laidOut.get(at).identity());
        return member == null ? 0 : member.deadSinceNanos;
    }

    /** How many of the ranked fit beside ourselves; shuffles the live ones as far as it looks, from {@code shuffled} on. */
    private int fitting(int plainBytes, int shuffled) {
        long left = (long) plainBytes - entryBytes(members.self);
        int count = 0;
        for (; count < ranked.length; count++) {
            if (count >= shuffled && count < liveCount) {
                int other = count + random.nextInt(liveCount - count);
                int swapped = ranked[count];
                ranked[count] = ranked[other];
                ranked[other] = swapped;
            }
            left -= entryBytes(laidOut.get(ranked[count]));
            if (left < 0) {
                break;
            }
        }
        return count;
    }

    private List<NodeState> part(int count) {
        int[] chosen = Arrays.copyOf(ranked, count + 1);
        chosen[count] = selfAt;
        Arrays.sort(chosen);
        List<NodeState> part = new ArrayList<>(chosen.length);
        for (int at : chosen) {
            part.add(laidOut.get(at));
        }
        return part;
    }

    private static DigestImage imageOf(List<NodeState> nodes) {
        DigestImage made = new DigestImage();
        made.layout(identities(nodes));
        fill(made, nodes);
        return made;
    }

    private static int entryBytes(NodeState node) {
        return node.identity().wireLength() + 3 * Long.BYTES;
    }

    private static List<NodeIdentity> identities(List<NodeState> nodes) {
        List<NodeIdentity> identities = new ArrayList<>(nodes.size());
        for (NodeState node : nodes) {
            identities.add(node.identity());
        }
        return identities;
    }

    private static void fill(DigestImage image, List<NodeState> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeState node = nodes.get(i);
            image.set(i, node.heartbeat(), node.lastGcVersion(), node.maxVersion());
        }
    }

    private void warnOfSize(int bytes) {
        long percent = 100L * bytes / config.maxDatagramBytes();
        if (!warned && percent >= WARN_PERCENT) {
            warned = true;
            effects.notice(
                    Effect.Notice.Kind.DIGEST_SIZE,
                    "the digest of " + laidOut.size() + " members takes " + percent
                            + " % of a datagram; beyond 100 % it is sent in part. Use protocol v1, shorter node ids, or a"
                            + " shorter dead node grace period");
        } else if (warned && percent < CALM_PERCENT) {
            warned = false;
        }
    }
}
