/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.Utf8;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.DeltaBuilder;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.DatagramWriter;
import io.gossip.core.wire.MessageType;
import io.gossip.core.wire.ProtocolVersion;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Writes our messages: the digest from its prepared image, the delta cut to the room that is really left. */
final class Outgoing {
    /** The shortest delta is the end of its stream. */
    private static final int EMPTY_DELTA_BYTES = 1;

    private GossipConfig config;
    private final Members members;
    private final Counters counters;
    private final RandomGenerator random;
    private final DatagramWriter writer;
    private final OwnDigest digest;
    private final DeltaBuilder deltas = new DeltaBuilder();
    private final DeltaStanding standing;
    private boolean partialDigest;

    Outgoing(GossipConfig config, Members members, Effects effects, Counters counters, RandomGenerator random) {
        this.config = config;
        this.members = members;
        this.counters = counters;
        this.random = random;
        this.writer = new DatagramWriter(config.maxDatagramBytes());
        this.digest = new OwnDigest(config, members, effects, counters, random);
        this.standing = new DeltaStanding(config, members, counters);
    }

    void reconfigure(GossipConfig wanted) {
        config = wanted;
    }

    byte[] syn(ProtocolVersion version) {
        int clusterIdBytes = 2 + Utf8.length(config.clusterId());
        writer.begin(version, MessageType.SYN);
        digest.write(writer, version, config.maxDatagramBytes(), clusterIdBytes, false, List.of());
        writer.clusterId(config.clusterId());
        return writer.finish();
    }

    /** Answers a SYN in at most {@code maxBytes}; null if not even our own digest entry fits. */
    byte @Nullable [] synAck(ProtocolVersion version, Digest peer, GossipAddress target, int maxBytes) {
        writer.begin(version, MessageType.SYN_ACK);
        long partialBefore = counters.digestsPartial;
        if (!digest.write(writer, version, maxBytes, EMPTY_DELTA_BYTES, true, members.strangers.at(target))) {
            return null;
        }
        partialDigest = counters.digestsPartial > partialBefore;
        writeDelta(version, peer, target, maxBytes);
        return writer.finish();
    }

    byte[] ack(ProtocolVersion version, Digest peer, GossipAddress target, int maxBytes) {
        partialDigest = false;
        writer.begin(version, MessageType.ACK);
        writeDelta(version, peer, target, maxBytes);
        return writer.finish();
    }

    byte[] badCluster(ProtocolVersion version) {
        writer.begin(version, MessageType.BAD_CLUSTER);
        return writer.finish();
    }

    /** Whether the last SYN-ACK or ACK says less than it would with more room. */
    boolean wasCut() {
        return partialDigest || deltas.wasCut();
    }

    private void writeDelta(ProtocolVersion version, Digest peer, GossipAddress target, int maxBytes) {
        Delta delta = deltas.build(
                members.cluster,
                peer,
                writer.beginDelta(maxBytes - writer.length()),
                standing.towards(target, isPart(peer, version)),
                random);
        writer.endDelta();
        for (NodeDelta nodeDelta : delta.nodeDeltas()) {
            counters.deltaEntriesSent += nodeDelta.mutations().size();
        }
    }

    // Whoever names about as many members as we can has no room for all either. Few are what a newcomer knows.
    private boolean isPart(Digest peer, ProtocolVersion version) {
        int ours = digest.partEntries(version);
        return ours > 0 && 2 * peer.size() > ours;
    }
}
