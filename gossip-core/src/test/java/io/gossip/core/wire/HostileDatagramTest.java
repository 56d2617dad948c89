/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no healthy node sends. A thrown exception fails a test here by itself. */
class HostileDatagramTest {
    private static final String ACK_V0 = "53b00002";

    private final MessageCodec codec = new MessageCodec(GoldenVectorTest.MAX_STREAM_BYTES, new IdentityTable());

    @ParameterizedTest
    @MethodSource("valid")
    void refusesEveryTruncation(GoldenVector vector) {
        for (int length = 0; length < vector.datagram().length; length++) {
            // Of the long ones every 37th: the fields repeat.
            if (length > 2000 && length % 37 != 0) continue;
            assertThat(codec.decode(Arrays.copyOf(vector.datagram(), length)))
                    .as("first %d bytes", length)
                    .isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void refusesEveryTruncationOfWhatNamesKnownMembers(GoldenVector vector) {
        Digest digest = digestOf(vector.expected().message());
        IdentityTable known = new IdentityTable();
        known.replaceAll(IntStream.range(0, digest.size())
                .mapToObj(digest::identity)
                .distinct()
                .toList());
        MessageCodec knowing = new MessageCodec(GoldenVectorTest.MAX_STREAM_BYTES, known);
        assertThat(knowing.decode(vector.datagram())).isEqualTo(vector.expected());
        for (int length = 0; length < Math.min(2_000, vector.datagram().length); length++) {
            assertThat(knowing.decode(Arrays.copyOf(vector.datagram(), length)))
                    .as("first %d bytes", length)
                    .isInstanceOf(Malformed.class);
        }
    }

    private static Digest digestOf(Message message) {
        if (message instanceof Message.Syn syn) {
            return syn.digest();
        }
        return message instanceof Message.SynAck synAck ? synAck.digest() : Digest.of(List.of());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void survivesTheChangeOfAnyByte(GoldenVector vector) {
        Random random = new Random(vector.name().hashCode());
        byte[] datagram = vector.datagram().clone();
        for (int i = 0; i < Math.min(datagram.length, 1000); i++) {
            int at = datagram.length <= 1000 ? i : random.nextInt(datagram.length);
            byte original = datagram[at];
            for (int change : new int[] {1, 0x80, 0xff, 1 + random.nextInt(255)}) {
                datagram[at] = (byte) (original ^ change);
                assertThat(codec.decode(datagram)).isNotNull();
            }
            datagram[at] = original;
        }
        assertThat(codec.decode(datagram)).isEqualTo(vector.expected());
    }

    @Test
    void survivesNoiseBehindAValidHeader() {
        long randomSeed = RandomMessages.randomSeed();
        Random random = new Random(randomSeed);
        for (int i = 0; i < 20_000; i++) {
            byte[] datagram = new byte[random.nextInt(200)];
            random.nextBytes(datagram);
            byte[] header = {0x53, (byte) 0xb0, (byte) random.nextInt(2), (byte) random.nextInt(4)};
            System.arraycopy(header, 0, datagram, 0, Math.min(4, datagram.length));
            assertThat(codec.decode(datagram)).isNotNull();
        }
    }

    @Test
    void stopsABombAtTheContentLimit() {
        byte[] block = block(1, Zstd.compress(new byte[65_535]));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(HexFormat.of().parseHex(ACK_V0));
        while (bomb.size() + block.length < 65_507) {
            bomb.writeBytes(block);
        }
        byte[] datagram = bomb.toByteArray();
        MessageCodec modest = new MessageCodec(200_000, new IdentityTable());
        // Three blocks are 196,605 bytes; the fourth is too much.
        assertThat(modest.decode(datagram))
                .isEqualTo(new Malformed(
                        DecodeError.STREAM_TOO_LARGE, 4 + 3 * block.length, "stream content exceeds 200000 bytes"));
        assertThat(error(codec.decode(datagram))).isEqualTo(DecodeError.STREAM_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void allowsContentUpToTheLimitAndNotAByteMore(int type) {
        // 36 bytes of content: a Node op.
        byte[] content = HexFormat.of().parseHex("0002006e310100000000000000047f000001701c" + "00".repeat(16));
        byte[] datagram = ack(block(type, type == 1 ? Zstd.compress(content) : content));
        assertThat(new MessageCodec(content.length, new IdentityTable()).decode(datagram))
                .isInstanceOf(Envelope.class);
        assertThat(error(new MessageCodec(content.length - 1, new IdentityTable()).decode(datagram)))
                .isEqualTo(DecodeError.STREAM_TOO_LARGE);
    }

    @Test
    void readsTheLongestDatagramOfRawBlocks() {
        NodeIdentity identity = new NodeIdentity("n1", 1, GossipAddress.parse("127.0.0.1:7280"));
        // Header 4, four block heads 12, Node op 36, KeyValue op 14, end byte 1: 67 bytes around the value.
        KeyMutation mutation = new KeyMutation("", "x".repeat(65_507 - 67), 1, EntryStatus.SET);
        Delta delta = new Delta(List.of(new NodeDelta(identity, 0, 0, List.of(mutation), 1)));
        OpWriter ops = new OpWriter();
        ops.write(delta);
        byte[][] blocks = new byte[4][];
        for (int i = 0; i < 4; i++) {
            int from = i * 16_384;
            blocks[i] = block(2, Arrays.copyOfRange(ops.bytes(), from, Math.min(ops.length(), from + 16_384)));
        }
        byte[] datagram = ack(blocks);
        assertThat(datagram).hasSize(65_507);
        assertThat(codec.decode(datagram)).isEqualTo(new Envelope(ProtocolVersion.V0, new Message.Ack(delta)));
    }

    @Test
    void takesEmptyBlocksAndSkippableFramesForNothing() {
        byte[] skippable = HexFormat.of().parseHex("502a4d1803000000aabbcc");
        byte[] empty = Zstd.compress(new byte[0]);
        byte[] datagram = ack(block(1, new byte[0]), block(2, new byte[0]), block(1, skippable), block(1, empty));
        assertThat(codec.decode(datagram)).isEqualTo(new Envelope(ProtocolVersion.V0, new Message.Ack(Delta.EMPTY)));
    }

    @Test
    void refusesFramesThatAreNotOfTheCurrentFormat() {
        byte[] frame = Zstd.compress(new byte[100]);
        for (int legacy = 0x22; legacy <= 0x27; legacy++) {
            byte[] old = frame.clone();
            old[0] = (byte) legacy;
            assertThat(error(codec.decode(ack(block(1, old))))).isEqualTo(DecodeError.BAD_ZSTD);
            byte[] behind = Arrays.copyOf(frame, 2 * frame.length);
            System.arraycopy(old, 0, behind, frame.length, old.length);
            assertThat(error(codec.decode(ack(block(1, behind))))).isEqualTo(DecodeError.BAD_ZSTD);
        }
    }

    @Test
    void refusesAFrameThatNeedsADictionary() {
        // Magic, descriptor "single segment, one byte of dictionary id", id 7, content size 1, one raw last block "a".
        byte[] frame = HexFormat.of().parseHex("28b52ffd" + "21" + "07" + "01" + "090000" + "61");
        assertThat(error(codec.decode(ack(block(1, frame))))).isEqualTo(DecodeError.BAD_ZSTD);
        byte[] without = HexFormat.of().parseHex("28b52ffd" + "20" + "01" + "090000" + "61");
        assertThat(error(codec.decode(ack(block(1, without))))).isEqualTo(DecodeError.BAD_OP);
    }

    @Test
    void refusesACountBeforeMakingRoomForIt() {
        byte[] datagram = HexFormat.of().parseHex("53b00000ffff");
        assertThat(codec.decode(datagram))
                .isEqualTo(new Malformed(DecodeError.TRUNCATED, 4, "too short for 65535 digest entries"));
    }

    @Test
    void reportsWhereTheTroubleIs() {
        byte[] first = HexFormat.of().parseHex("0002006e310100000000000000047f000001701c" + "00".repeat(16));
        byte[] second = {9};
        Malformed malformed = (Malformed) codec.decode(ack(block(2, first), block(2, second)));
        assertThat(malformed.error()).isEqualTo(DecodeError.BAD_OP);
        assertThat(malformed.offset()).isEqualTo(4 + 3 + first.length);
    }

    @Test
    void parsesAllOpsBeforeItAppliesTheRulesOfADelta() {
        // A max version before any node, then an unknown op.
        byte[] content = HexFormat.of().parseHex("02" + "0100000000000000" + "07");
        assertThat(error(codec.decode(ack(block(2, content))))).isEqualTo(DecodeError.BAD_OP);
    }

    private static DecodeError error(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Malformed.class);
        return ((Malformed) decoded).error();
    }

    private static byte[] ack(byte[]... blocks) {
        ByteArrayOutputStream datagram = new ByteArrayOutputStream();
        datagram.writeBytes(HexFormat.of().parseHex(ACK_V0));
        for (byte[] block : blocks) {
            datagram.writeBytes(block);
        }
        datagram.write(0);
        return datagram.toByteArray();
    }

    private static byte[] block(int type, byte[] payload) {
        byte[] block = new byte[3 + payload.length];
        block[0] = (byte) type;
        block[1] = (byte) payload.length;
        block[2] = (byte) (payload.length >>> 8);
        System.arraycopy(payload, 0, block, 3, payload.length);
        return block;
    }

    private static List<GoldenVector> valid() {
        return GoldenVector.valid();
    }
}
