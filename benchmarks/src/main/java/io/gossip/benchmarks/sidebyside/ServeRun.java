/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import static io.gossip.benchmarks.sidebyside.BenchNodes.await;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.transport.GossipNode;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.UdpTransport;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * One node that knows members which do not run, and only answers: an hour lies between its own rounds. What it is told of
 * other members counts when it comes from {@code --client}, as the word of any live member would.
 */
final class ServeRun {
    private static final int INTERVAL_MILLIS = 3_600_000;
    private static final int INITIAL_MILLIS = 5_000;
    private static final int CHUNK = 100;
    private static final int OTHERS_PORT = 7_280;

    private ServeRun() {}

    static void run(Options options) throws Exception {
        int nodes = options.count("nodes", 10);
        int port = options.number("port", 19_000);
        Random random = new Random(42);
        try (DatagramSocket loader = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            GossipNode node = start(options, port, loader.getLocalPort(), random);
            List<NodeIdentity> others = others(nodes, random);
            showHeartbeats(loader, port, others, options.version(), random);
            hold(node, others, options, random);
            int known = await(node.snapshot()).members().size();
            if (known != nodes) {
                throw new IllegalStateException(known + " members are known instead of " + nodes);
            }
        }
        System.out.println("READY " + port + " " + ProcessHandle.current().pid());
        TimeUnit.SECONDS.sleep(options.number("seconds", 60));
    }

    private static GossipNode start(Options options, int port, int loaderPort, Random random) throws Exception {
        List<String> seeds = new ArrayList<>(List.of("127.0.0.1:" + loaderPort));
        options.text("client").ifPresent(seeds::add);
        GossipNodeOptions nodeOptions = BenchNodes.options(0, port, options.version(), INTERVAL_MILLIS, INITIAL_MILLIS)
                .setSeedNodes(seeds);
        return await(GossipNode.start(
                BenchNodes.vertx(options),
                nodeOptions,
                BenchNodes.keys(options.number("own-keys", 2_000), options.number("value-len", 20), random),
                new UdpTransport()));
    }

    private static List<NodeIdentity> others(int nodes, Random random) {
        List<NodeIdentity> others = new ArrayList<>();
        for (int i = 1; i < nodes; i++) {
            GossipAddress address = GossipAddress.of(new byte[] {10, 0, (byte) (i >> 8), (byte) i}, OTHERS_PORT);
            others.add(new NodeIdentity(BenchNodes.id(i), 1_763_000_000_000L + random.nextInt(86_400_000), address));
        }
        return others;
    }

    private static void showHeartbeats(
            DatagramSocket loader, int port, List<NodeIdentity> others, ProtocolVersion version, Random random)
            throws Exception {
        MessageCodec codec = new MessageCodec(1 << 20, new IdentityTable());
        loader.setSoTimeout(2_000);
        for (int from = 0; from < others.size(); from += CHUNK) {
            List<NodeDigest> shown = new ArrayList<>();
            for (NodeIdentity other : others.subList(from, Math.min(from + CHUNK, others.size()))) {
                shown.add(new NodeDigest(other, 300_000 + random.nextInt(100_000), 0, 0));
            }
            byte[] syn = codec.encode(new Envelope(version, new Message.Syn(Digest.of(shown), BenchNodes.CLUSTER_ID)));
            loader.send(new DatagramPacket(syn, syn.length, InetAddress.getLoopbackAddress(), port));
            byte[] answer = new byte[65_536];
            loader.receive(new DatagramPacket(answer, answer.length));
        }
    }

    private static void hold(GossipNode node, List<NodeIdentity> others, Options options, Random random)
            throws Exception {
        int keysPerNode = options.number("keys-per-node", 5);
        int valueLength = options.number("value-len", 20);
        for (NodeIdentity other : others) {
            List<KeyMutation> keys = new ArrayList<>();
            for (int k = 0; k < keysPerNode; k++) {
                keys.add(new KeyMutation("key-" + k, BenchNodes.text(valueLength, random), k + 1L, EntryStatus.SET));
            }
            await(node.withState(access -> access.resetNodeStateIfUpdate(other, keys, keysPerNode, 0)));
        }
    }
}
