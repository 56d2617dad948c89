/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.NodeStates;
import io.gossip.core.wire.DatagramWriter;
import io.gossip.core.wire.DigestImage;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Our digest as prepared bytes: laid out anew when members come and go, otherwise only its numbers are brought up to date.
 *
 * <p>When the whole digest does not fit (W3) a part is sent: ourselves always, then whom {@link DigestSelection} ranks
 * first. It is an emergency mode: noticed and counted.
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
    private final DigestSelection selection;
    private final DigestImage image = new DigestImage();
    private NodeStates laidOut = NodeStates.copyOf(List.of());
    private long laidOutVersion = -1;
    /** By version: how many members the last digest named that had a whole datagram and yet no room for all; absent while there is. */
    private final Map<ProtocolVersion, Integer> partEntries = new EnumMap<>(ProtocolVersion.class);

    private boolean warned;

    OwnDigest(GossipConfig config, Members members, Effects effects, Counters counters, RandomGenerator random) {
        this.config = config;
        this.members = members;
        this.effects = effects;
        this.counters = counters;
        this.selection = new DigestSelection(members, random);
    }

    /**
     * Writes the digest, whole or in part, so that the message stays within {@code maxBytes} and {@code reserveBytes} are
     * left behind it; returns false if not even our own entry fits. {@code speakers} are those whom the message goes to:
     * they are told what we hold of them even if nobody else is, or they would send all of it again each time.
     */
    boolean write(
            DatagramWriter writer,
            ProtocolVersion version,
            int maxBytes,
            int reserveBytes,
            boolean answering,
            List<Member> speakers) {
        layOut();
        boolean roomy = maxBytes == config.maxDatagramBytes();
        int beyondMax = config.maxDatagramBytes() - maxBytes;
        if (mayFit(version, maxBytes)) {
            if (writeWith(speakers, writer, beyondMax + reserveBytes)) {
                return true;
            }
            fill(image, laidOut);
            if (writer.digest(image, beyondMax + reserveBytes)) {
                counters.digestBytes = writer.digestBytes();
                warnOfSize(writer.digestBytes());
                if (roomy) {
                    partEntries.remove(version);
                }
                return true;
            }
        }
        counters.digestsPartial++;
        if (roomy) {
            warnOfSize(config.maxDatagramBytes());
        }
        int reserve = Math.max(reserveBytes, Math.min(PARTIAL_RESERVE_BYTES, maxBytes / 8));
        int room = Math.max(0, maxBytes - reserve - FIXED_BYTES);
        int named = writePart(writer, firstGuess(version, room, roomy), beyondMax + reserve, answering);
        if (named >= 0 && roomy) {
            partEntries.put(version, named);
        }
        return named >= 0 || writePart(writer, 0, beyondMax + reserveBytes, answering) >= 0;
    }

    /** How many members a digest of ours names when there is no room for all; 0 while there is. */
    int partEntries(ProtocolVersion version) {
        return partEntries.getOrDefault(version, 0);
    }

    // A compressed part may hold more entries than its plain bytes suggest. Trying costs a compression, so begin a
    // little
    // above what fitted last.
    private int firstGuess(ProtocolVersion version, int room, boolean roomy) {
        int most = version == ProtocolVersion.V0 ? room : V1_OPTIMISM * room;
        int last = partEntries(version);
        return version == ProtocolVersion.V0 || last == 0 || !roomy
                ? most
                : (int) Math.min(most, 1.03 * last * image.plainBytes() / laidOut.size());
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
        return writer.digest(imageOf(NodeStates.copyOf(nodes)), reserveBytes);
    }

    // Answers to strangers may have little room: find out cheaply that all of it cannot fit.
    private boolean mayFit(ProtocolVersion version, int maxBytes) {
        long most = version == ProtocolVersion.V0 ? maxBytes : (long) V1_DENSEST * maxBytes;
        return image.plainBytes() <= most;
    }

    private void layOut() {
        if (laidOutVersion != members.digestVersion()) {
            laidOut = NodeStates.copyOf(included());
            image.layout(laidOut.identities());
            laidOutVersion = members.digestVersion();
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

    /** Tries with fewer and fewer members until it fits; returns how many it named, -1 if not even ourselves fit. */
    private int writePart(DatagramWriter writer, int mostPlainBytes, int reserveBytes, boolean answering) {
        int places = (int) Math.min(laidOut.size(), (long) mostPlainBytes * laidOut.size() / (image.plainBytes() + 1));
        selection.rank(laidOut, places, answering, effects.nowNanos());
        for (int plainBytes = mostPlainBytes; ; plainBytes -= plainBytes / 16 + 1) {
            int count = fitting(plainBytes);
            if (writer.digest(imageOf(part(count)), reserveBytes)) {
                counters.digestBytes = writer.digestBytes();
                return count + 1;
            }
            if (count == 0) {
                return -1;
            }
        }
    }

    /** How many of the ranked fit beside ourselves. */
    private int fitting(int plainBytes) {
        long left = (long) plainBytes - entryBytes(members.self.identity());
        int count = 0;
        while (count < selection.size()) {
            left -= entryBytes(laidOut.identity(selection.position(count)));
            if (left < 0) {
                break;
            }
            count++;
        }
        return count;
    }

    private NodeStates part(int count) {
        List<NodeState> part = new ArrayList<>(count + 1);
        for (int at : selection.first(count)) {
            part.add(laidOut.get(at));
        }
        return NodeStates.copyOf(part);
    }

    private static DigestImage imageOf(NodeStates nodes) {
        DigestImage made = new DigestImage();
        made.layout(nodes.identities());
        fill(made, nodes);
        return made;
    }

    private static int entryBytes(NodeIdentity identity) {
        return identity.wireLength() + 3 * Long.BYTES;
    }

    private static void fill(DigestImage image, NodeStates nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            image.set(i, nodes.heartbeat(i), nodes.lastGcVersion(i), nodes.maxVersion(i));
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
