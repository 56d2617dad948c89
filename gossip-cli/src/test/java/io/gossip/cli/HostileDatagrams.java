/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * An endless stream of bad datagrams: mutated golden vectors most of all, and in between forgeries about real members,
 * digests full of invented members, and {@link Bombs}. Confined.
 */
final class HostileDatagrams {
    /** The key that no real member ever writes. */
    static final String FORGED_KEY = "forged";

    private static final String CLUSTER = "default-cluster";
    private static final int CODEC_STREAM_BYTES = 16 * 1024 * 1024;

    private final SplittableRandom random;
    private final MessageCodec codec = new MessageCodec(CODEC_STREAM_BYTES, new IdentityTable());
    private final List<byte[]> vectors;
    private final List<byte[]> invented = new ArrayList<>();
    private final List<byte[]> bombs = Bombs.all(CLUSTER);
    private final List<NodeIdentity> victims;

    HostileDatagrams(long seed, List<NodeIdentity> victims) {
        this.random = new SplittableRandom(seed);
        this.victims = victims;
        this.vectors = vectors();
        for (int i = 0; i < 20; i++) {
            invent(i, 1_000, "");
        }
        for (int i = 20; i < 120; i++) {
            invent(i, 60, "x".repeat(950));
        }
    }

    byte[] next() {
        int dice = random.nextInt(1_000);
        if (dice < 2) return any(bombs);
        if (dice < 6) return any(invented);
        if (dice < 20) return forgery();
        if (dice < 70) return any(vectors);
        return mutation();
    }

    private byte[] mutation() {
        byte[] bytes = any(vectors).clone();
        switch (random.nextInt(6)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = splice(bytes, any(vectors));
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
            default -> flip(bytes, 1 + random.nextInt(8));
        }
        return bytes;
    }

    private void flip(byte[] bytes, int times) {
        for (int i = 0; i < times && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private byte[] splice(byte[] head, byte[] tail) {
        int keep = random.nextInt(head.length + 1);
        int skip = random.nextInt(tail.length + 1);
        byte[] bytes = Arrays.copyOf(head, keep + tail.length - skip);
        System.arraycopy(tail, skip, bytes, keep, tail.length - skip);
        return bytes;
    }

    /** What a liar says of the real members: their heartbeats, or their keys. */
    private byte[] forgery() {
        NodeIdentity victim = victims.get(random.nextInt(victims.size()));
        long number = random.nextBoolean() ? random.nextInt(100_000) : random.nextLong();
        if (random.nextBoolean()) {
            Digest.Builder digest = new Digest.Builder(1);
            digest.add(victim, number, 0, random.nextBoolean() ? number : 1);
            return encode(new Message.Syn(digest.build(), CLUSTER));
        }
        KeyMutation mutation = new KeyMutation(FORGED_KEY, "value", Math.max(1, number), EntryStatus.SET);
        NodeDelta delta = new NodeDelta(victim, 0, 0, List.of(mutation), mutation.version());
        return encode(new Message.Ack(new Delta(List.of(delta))));
    }

    /** Two digests of the same inventions, the heartbeats higher in the second one, as those of the living are. */
    private void invent(int batch, int count, String tail) {
        for (int heartbeat = 1; heartbeat <= 2; heartbeat++) {
            Digest.Builder digest = new Digest.Builder(count);
            for (int i = 0; i < count; i++) {
                byte[] ip = {10, (byte) batch, (byte) (i >> 8), (byte) i};
                digest.add(
                        new NodeIdentity("s" + batch + "-" + i + tail, 1, GossipAddress.of(ip, 7000)), heartbeat, 0, 9);
            }
            invented.add(encode(new Message.Syn(digest.build(), CLUSTER)));
        }
    }

    private byte[] encode(Message message) {
        return codec.encode(new Envelope(ProtocolVersion.V0, message));
    }

    private byte[] any(List<byte[]> datagrams) {
        return datagrams.get(random.nextInt(datagrams.size()));
    }

    private static List<byte[]> vectors() {
        ObjectMapper mapper = new ObjectMapper();
        List<byte[]> vectors = new ArrayList<>();
        try {
            Path folder = Path.of(Objects.requireNonNull(HostileDatagrams.class.getResource("/vectors"))
                    .toURI());
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    vectors.add(HexFormat.of()
                            .parseHex(mapper.readTree(file.toFile()).path("hex").asText()));
                }
            }
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
        return vectors;
    }
}
