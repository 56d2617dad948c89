/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A storm of damaged golden vectors beats on a node, while a healthy peer goes on living beside it. */
class MutationStormTest {
    private static final int DATAGRAMS = 200_000;
    private static final int PER_ROUND = 1_000;
    private static final int MAX_MEMBERS = 500;

    static List<Long> randomSeeds() {
        Long given = Long.getLong("gossip.randomSeed");
        return List.of(given != null ? given : 31L);
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("randomSeeds")
    void aNodeAndItsPeerOutliveAStormOfDamagedDatagrams(long randomSeed) throws Exception {
        Random random = new Random(randomSeed);
        List<byte[]> vectors = vectors();
        VirtualCluster cluster = new VirtualCluster(randomSeed);
        VirtualCluster.Node node = cluster.start(
                "a", 1, 1, Map.of("k", "v"), b -> b.maxMembers(MAX_MEMBERS).maxStateBytes(1 << 22));
        VirtualCluster.Node peer = cluster.start("b", 1, 2, Map.of(), b -> b.maxMembers(MAX_MEMBERS), 1);
        cluster.runUntil(() -> node.live().contains("b") && peer.live().contains("a"), Duration.ofSeconds(5));

        for (int i = 0; i < DATAGRAMS; i++) {
            byte[] damaged = damage(vectors, random);
            node.engine.handle(new Input.Received(damaged, source(random)), cluster.nowNanos);
            if (i % PER_ROUND == 0) {
                cluster.run(VirtualCluster.INTERVAL);
                node.effects.clear();
                peer.effects.clear();
                assertThat(node.live()).as("after " + i).contains("b");
                assertThat(peer.live()).as("after " + i).contains("a");
                checkBounds(node.with(ClusterAccess::stats));
            }
        }

        peer.with(a -> a.set("late", "news"));
        cluster.runUntil(() -> "news".equals(node.valueOf(peer, "late")), Duration.ofSeconds(5));
        assertThat(node.valueOf(node, "k")).isEqualTo("v");
        assertThat(node.with(ClusterAccess::stats).refused()).hasSizeGreaterThan(5);
    }

    private static void checkBounds(EngineStats stats) {
        assertThat(stats.hearsay()).isLessThanOrEqualTo(MAX_MEMBERS);
        assertThat(stats.stateBytes()).isLessThanOrEqualTo(1 << 22);
        EngineStats.Members members = stats.members();
        assertThat(members.live() + members.dead() + members.left()).isLessThanOrEqualTo(MAX_MEMBERS);
    }

    private static GossipAddress source(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> VirtualCluster.address(1);
            case 1 -> VirtualCluster.address(2);
            default -> VirtualCluster.address(1 + random.nextInt(65_535));
        };
    }

    private static byte[] damage(List<byte[]> vectors, Random random) {
        byte[] datagram = vectors.get(random.nextInt(vectors.size())).clone();
        for (int wounds = random.nextInt(4); wounds > 0 && datagram.length > 0; wounds--) {
            switch (random.nextInt(4)) {
                case 0, 1 -> datagram[random.nextInt(datagram.length)] ^= (byte) (1 << random.nextInt(8));
                case 2 -> datagram = Arrays.copyOf(datagram, random.nextInt(datagram.length + 1));
                default -> datagram = splice(datagram, vectors.get(random.nextInt(vectors.size())), random);
            }
        }
        return datagram;
    }

    private static byte[] splice(byte[] head, byte[] tail, Random random) {
        int cut = random.nextInt(head.length + 1);
        int from = Math.min(cut, tail.length);
        byte[] spliced = Arrays.copyOf(head, cut + tail.length - from);
        System.arraycopy(tail, from, spliced, cut, tail.length - from);
        return spliced;
    }

    // Else the SYNs among them would all be answered with BadCluster.
    private static String inOurCluster(String hex) {
        return hex.replace("0900636c75737465722d61", "040074657374");
    }

    private static List<byte[]> vectors() throws IOException, URISyntaxException {
        Pattern hex = Pattern.compile("\"hex\":\\s*\"([0-9a-f]*)\"");
        List<byte[]> vectors = new ArrayList<>();
        for (String folder : List.of("/vectors/valid", "/vectors/malformed")) {
            Path path = Path.of(Objects.requireNonNull(MutationStormTest.class.getResource(folder))
                    .toURI());
            try (Stream<Path> files = Files.list(path)) {
                for (Path file : files.sorted().toList()) {
                    Matcher found = hex.matcher(Files.readString(file));
                    if (found.find() && found.group(1).length() < 20_000) {
                        vectors.add(HexFormat.of().parseHex(inOurCluster(found.group(1))));
                    }
                }
            }
        }
        assertThat(vectors).hasSizeGreaterThan(30);
        return vectors;
    }
}
