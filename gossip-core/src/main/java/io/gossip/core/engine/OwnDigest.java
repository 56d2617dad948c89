/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeState;
import io.gossip.core.wire.DatagramWriter;
import io.gossip.core.wire.DigestImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
     * left behind it; returns false if not even our own entry fits.
     */
    boolean write(DatagramWriter writer, int maxBytes, int reserveBytes) {
        refresh();
        int beyondMax = config.maxDatagramBytes() - maxBytes;
        if (writer.digest(image, beyondMax + reserveBytes)) {
            counters.digestBytes = writer.digestBytes();
            warnOfSize(writer.digestBytes());
            return true;
        }
        counters.digestsPartial++;
        if (maxBytes == config.maxDatagramBytes()) {
            warnOfSize(config.maxDatagramBytes());
        }
        int reserve = Math.max(reserveBytes, Math.min(PARTIAL_RESERVE_BYTES, maxBytes / 8));
        return writePart(writer, maxBytes - reserve, beyondMax + reserve)
                || writePart(writer, 0, beyondMax + reserveBytes);
    }

    private void refresh() {
        if (laidOutVersion != members.digestVersion()) {
            laidOut = included();
            image.layout(identities(laidOut));
            laidOutVersion = members.digestVersion();
        }
        fill(image, laidOut);
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
    private boolean writePart(DatagramWriter writer, int roomBytes, int reserveBytes) {
        List<Member> ranked = ranked();
        for (int plainBytes = 4 * Math.max(0, roomBytes); ; plainBytes -= plainBytes / 4 + 1) {
            List<NodeState> part = part(ranked, Math.max(0, plainBytes));
            DigestImage partial = new DigestImage();
            partial.layout(identities(part));
            fill(partial, part);
            if (writer.digest(partial, reserveBytes)) {
                counters.digestBytes = writer.digestBytes();
                return true;
            }
            if (part.size() == 1) {
                return false;
            }
        }
    }

    private List<Member> ranked() {
        List<Member> live = new ArrayList<>();
        List<Member> dead = new ArrayList<>();
        for (Member member : members.inOrder()) {
            if (member.isInDigest()) {
                (member.isLive() ? live : dead).add(member);
            }
        }
        for (int i = live.size(); i > 1; i--) {
            Collections.swap(live, i - 1, random.nextInt(i));
        }
        dead.sort(Comparator.comparingLong((Member member) -> member.deadSinceNanos)
                .reversed());
        live.addAll(dead);
        return live;
    }

    private List<NodeState> part(List<Member> ranked, int plainBytes) {
        Set<NodeState> chosen = new HashSet<>();
        chosen.add(members.self);
        int left = plainBytes - entryBytes(members.self);
        for (Member member : ranked) {
            left -= entryBytes(member.node);
            if (left < 0) {
                break;
            }
            chosen.add(member.node);
        }
        List<NodeState> part = new ArrayList<>(chosen.size());
        for (NodeState node : laidOut) {
            if (chosen.contains(node)) {
                part.add(node);
            }
        }
        return part;
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
