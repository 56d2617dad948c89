/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.wire.Decoded;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes to message and back, for a SYN of known members. A whole datagram holds some 1,300 of them in version 0. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    /** The most members of which one digest can tell. */
    private static final int MOST_V0 = 1_000;

    private static final int MOST_V1 = 4_500;

    /** Members known; of 10,000 the digest names as many as a datagram holds, evenly spread. */
    @Param({"10", "100", "1000", "10000"})
    public int members;

    /** Protocol version of the message. */
    @Param({"V0", "V1"})
    public ProtocolVersion version = ProtocolVersion.V0;

    private MessageCodec codec;
    private Envelope envelope;
    private byte[] datagram;

    /** Encodes the message that is decoded. */
    @Setup
    public void setUp() {
        List<NodeIdentity> identities = new ArrayList<>();
        List<NodeDigest> entries = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            identities.add(KnownCluster.identity(i));
        }
        int named = Math.min(members, version == ProtocolVersion.V0 ? MOST_V0 : MOST_V1);
        for (int i = 0; i < named; i++) {
            NodeIdentity identity = identities.get((int) ((long) i * members / named));
            entries.add(new NodeDigest(identity, 300_000 + 7_919L * i % 100_000, 0, 5));
        }
        IdentityTable known = new IdentityTable();
        known.replaceAll(identities);
        codec = new MessageCodec(1 << 24, known);
        envelope = new Envelope(version, new Message.Syn(Digest.of(entries), KnownCluster.CLUSTER_ID));
        datagram = codec.encode(envelope);
    }

    /** As a node reads it. */
    @Benchmark
    public Decoded decode() {
        return codec.decodeInPassing(datagram);
    }

    /** As tools write it; a node has its digest prepared. */
    @Benchmark
    public byte[] encode() {
        return codec.encode(envelope);
    }
}
