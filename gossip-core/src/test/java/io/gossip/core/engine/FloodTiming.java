/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Prints what one datagram of a flood costs. Not a test: times are asserted nowhere. */
final class FloodTiming {
    private static final int SYNS = 20_000;

    private FloodTiming() {}

    public static void main(String[] args) {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            for (int members : new int[] {0, 500, 7_000}) {
                floodOfStrangers(version, members);
            }
            bigDigestOfNewMembers(version);
        }
    }

    private static void floodOfStrangers(ProtocolVersion version, int members) {
        GossipAddress seed = GossipAddress.parse("10.0.0.1:7000");
        Gossiper engine = engine(seed);
        MessageCodec codec = new MessageCodec(1 << 24, new IdentityTable());
        for (byte[] syn : digests(codec, version, members)) {
            engine.handle(new Input.Received(syn, seed), 0);
        }
        long now = 1_000_000;
        long start = System.nanoTime();
        for (int i = 0; i < SYNS; i++) {
            GossipAddress source = GossipAddress.parse("10.1." + i / 60_000 + ".1:" + (1_024 + i % 60_000));
            byte[] syn = codec.encode(new Envelope(
                    version,
                    new Message.Syn(
                            Digest.of(List.of(VirtualCluster.entry(new NodeIdentity("x" + i, 1, source), 1))),
                            "test")));
            now += 20_000;
            engine.handle(new Input.Received(syn, source), now);
        }
        print(version + ": strangers speaking for themselves beside " + members + " members", start, SYNS);
    }

    private static void bigDigestOfNewMembers(ProtocolVersion version) {
        GossipAddress seed = GossipAddress.parse("10.0.0.1:7000");
        Gossiper engine = engine(seed);
        List<byte[]> syns = digests(new MessageCodec(1 << 24, new IdentityTable()), version, 9_500);
        long start = System.nanoTime();
        for (byte[] syn : syns) {
            engine.handle(new Input.Received(syn, seed), 0);
        }
        print(version + ": new members named by a seed node", start, 9_500);
    }

    private static Gossiper engine(GossipAddress seed) {
        GossipConfig config = GossipConfig.builder(
                        new NodeIdentity("self", 1, GossipAddress.parse("10.0.0.9:7000")), "test")
                .build();
        Gossiper engine = new Gossiper(config, Map.of("k", "v"), new Random(1), 0);
        engine.handle(new Input.SeedNodesResolved(Set.of(seed)), 0);
        return engine;
    }

    private static List<byte[]> digests(MessageCodec codec, ProtocolVersion version, int members) {
        List<byte[]> syns = new ArrayList<>();
        for (int from = 0; from < members; from += 500) {
            List<io.gossip.core.reconcile.NodeDigest> named = new ArrayList<>();
            for (int i = from; i < from + 500; i++) {
                NodeIdentity identity = new NodeIdentity(
                        "member-" + i, 1, GossipAddress.parse("10.2." + i / 250 + "." + i % 250 + ":7000"));
                named.add(VirtualCluster.entry(identity, 1));
            }
            syns.add(codec.encode(new Envelope(version, new Message.Syn(Digest.of(named), "test"))));
        }
        return syns;
    }

    @SuppressWarnings("SystemOut") // a program for the terminal
    private static void print(String what, long startNanos, int count) {
        System.out.printf("%-60s %8.1f µs each%n", what, (System.nanoTime() - startNanos) / 1_000.0 / count);
    }
}
