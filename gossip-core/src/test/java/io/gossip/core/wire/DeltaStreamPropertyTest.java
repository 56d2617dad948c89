/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.ByteBudget;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.NodeHead;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaStreamPropertyTest {
    private static final NodeIdentity N1 = new NodeIdentity("n1", 1, GossipAddress.parse("127.0.0.1:7280"));
    private static final NodeHead HEAD = new NodeHead(N1, 0, 0);
    private static final KeyMutation FIVE_AND_FIVE = new KeyMutation("key-1", "value", 1, EntryStatus.SET);
    private static final KeyMutation FIVE_AND_FOUR = new KeyMutation("key-1", "valu", 1, EntryStatus.SET);

    private final MessageCodec codec = new MessageCodec(1 << 24, new IdentityTable());

    @Test
    void theBoundIsExactForContentThatDoesNotCompress() {
        Random random = new Random(1);
        BlockStreamWriter streams = new BlockStreamWriter();
        byte[] target = new byte[66_000 + BlockStreamWriter.SLACK_BYTES];
        for (int length : new int[] {0, 1, 43, 16_383, 16_384, 16_385, 32_768, 32_769, 40_051, 49_152, 65_495}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            assertThat(streams.write(content, length, target, 0, 66_000))
                    .as("%d bytes", length)
                    .isEqualTo((int) DeltaStream.encodedBound(length));
        }
        assertThat(DeltaStream.encodedBound(40_051)).isEqualTo(40_061); // the worked example of wire format §9
    }

    @Test
    void takesWhatFitsStaysWithinTheBudgetAndIsReadBackWhole() {
        long randomSeed = RandomMessages.randomSeed();
        Random random = new Random(randomSeed);
        RandomMessages messages = new RandomMessages(randomSeed);
        DatagramWriter writer = new DatagramWriter(WireNumbers.MAX_DATAGRAM_BYTES);
        for (int i = 0; i < 4000; i++) {
            int maxBytes = i % 4 == 0 ? 100 + random.nextInt(65_408) : 100 + random.nextInt(3000);
            writer.begin(ProtocolVersion.V0, MessageType.ACK);
            Delta taken = offer(writer.beginDelta(maxBytes), messages, random, maxBytes);
            writer.endDelta();

            int budget = Math.min(maxBytes, WireNumbers.MAX_DATAGRAM_BYTES - WireNumbers.HEADER_BYTES);
            assertThat(writer.length() - WireNumbers.HEADER_BYTES)
                    .as("random seed %d, delta %d", randomSeed, i)
                    .isLessThanOrEqualTo(budget);
            assertThat(codec.decode(writer.finish()))
                    .as("random seed %d, delta %d", randomSeed, i)
                    .isEqualTo(new Envelope(ProtocolVersion.V0, new Message.Ack(taken)));
        }
    }

    @Test
    void blocksThatCompressedMakeRoomForMore() {
        DatagramWriter writer = new DatagramWriter(WireNumbers.MAX_DATAGRAM_BYTES);
        writer.begin(ProtocolVersion.V0, MessageType.ACK);
        ByteBudget room = writer.beginDelta(WireNumbers.MAX_DATAGRAM_BYTES);
        String value = "always the same text ".repeat(5);
        int version = 1;
        assertThat(room.addNodeWithKeyValue(HEAD, new KeyMutation("k", value, version, EntryStatus.SET), 1, 105))
                .isTrue();
        while (room.addKeyValue(new KeyMutation("k", value, ++version, EntryStatus.SET), 1, 105)) {}
        writer.endDelta();

        assertThat(version * 120).as("raw bytes of the ops").isBetween(1_000_000, DeltaStream.MAX_CONTENT_BYTES);
        assertThat(writer.length()).isLessThanOrEqualTo(WireNumbers.MAX_DATAGRAM_BYTES);
        assertThat(codec.decode(writer.finish())).isInstanceOf(Envelope.class);
    }

    @Test
    void isCompressedOnlyWhereThatSavesAPacket() {
        assertThat(ackOf("a".repeat(1_100))).hasSizeBetween(1_100, DeltaStream.ONE_PACKET_BYTES);
        assertThat(ackOf("a".repeat(1_100))[4]).isEqualTo((byte) WireNumbers.RAW_BLOCK);
        assertThat(ackOf("a".repeat(1_300))).hasSizeLessThan(150);
        assertThat(ackOf("a".repeat(1_300))[4]).isEqualTo((byte) WireNumbers.ZSTD_BLOCK);
    }

    @Test
    void takesANodeAndItsFirstOpTogetherOrNotAtAll() {
        // Node op 36, KeyValue op 14 + 10, block head 3, end byte 1.
        assertThat(budget(64).addNodeWithKeyValue(HEAD, FIVE_AND_FIVE, 5, 5)).isTrue();
        ByteBudget tight = budget(63);
        assertThat(tight.addNodeWithKeyValue(HEAD, FIVE_AND_FIVE, 5, 5)).isFalse();
        assertThat(tight.fitsAlone(N1, 5, 5)).isFalse();
        assertThat(tight.fitsAlone(N1, 5, 4)).isTrue();
        // Nothing was counted: there is room for exactly 59 bytes of ops.
        assertThat(tight.addNodeWithKeyValue(HEAD, FIVE_AND_FOUR, 5, 4)).isTrue();
        assertThat(tight.addMaxVersion(9)).isFalse();
        assertThat(tight.fitsAlone(N1, 5, 4)).isTrue();
    }

    @Test
    void countsASetMaxVersionAsNineBytes() {
        assertThat(budget(49).addNodeWithMaxVersion(HEAD, 1)).isTrue();
        assertThat(budget(48).addNodeWithMaxVersion(HEAD, 1)).isFalse();
        ByteBudget roomy = budget(58);
        assertThat(roomy.addNodeWithMaxVersion(HEAD, 1)).isTrue();
        assertThat(roomy.addMaxVersion(2)).isTrue();
        assertThat(roomy.addMaxVersion(3)).isFalse();
    }

    @Test
    void survivesLengthsThatOverflowAnInt() {
        ByteBudget room = budget(65_503);
        assertThat(room.addNodeWithKeyValue(HEAD, FIVE_AND_FIVE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isFalse();
        assertThat(room.fitsAlone(N1, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
        assertThat(budget(-5).addNodeWithMaxVersion(HEAD, 1)).isFalse();
    }

    private static byte[] ackOf(String value) {
        DatagramWriter writer = new DatagramWriter(WireNumbers.MAX_DATAGRAM_BYTES);
        writer.begin(ProtocolVersion.V0, MessageType.ACK);
        ByteBudget room = writer.beginDelta(WireNumbers.MAX_DATAGRAM_BYTES);
        room.addNodeWithKeyValue(HEAD, new KeyMutation("k", value, 1, EntryStatus.SET), 1, value.length());
        writer.endDelta();
        return writer.finish();
    }

    private static ByteBudget budget(int bytes) {
        DeltaStream stream = new DeltaStream(new BlockStreamWriter());
        stream.begin(new byte[Math.max(0, bytes) + BlockStreamWriter.SLACK_BYTES], 0, bytes);
        return stream;
    }

    /** Offers random ops until one is refused; what was refused must not have surely fitted. Returns what was taken. */
    private static Delta offer(ByteBudget room, RandomMessages messages, Random random, int maxBytes) {
        List<NodeDelta> taken = new ArrayList<>();
        String filler = "v".repeat(random.nextInt(Math.max(1, maxBytes / 2)));
        for (int node = 0; ; node++) {
            NodeIdentity identity =
                    new NodeIdentity(node + messages.text(10), 1, GossipAddress.parse("[::1]:" + (1 + node % 60_000)));
            NodeHead head = new NodeHead(identity, 0, 0);
            if (random.nextInt(5) == 0) {
                if (!room.addNodeWithMaxVersion(head, 9)) return new Delta(taken);
                taken.add(new NodeDelta(identity, 0, 0, List.of(), 9));
                continue;
            }
            List<KeyMutation> mutations = new ArrayList<>();
            boolean refused = false;
            for (int keys = 1 + random.nextInt(6); keys > 0 && !refused; keys--) {
                String value = random.nextInt(8) == 0 ? filler : messages.text(12);
                KeyMutation next = new KeyMutation(messages.text(12), value, mutations.size() + 1, EntryStatus.SET);
                int keyBytes = Utf8.length(next.key());
                int valueBytes = Utf8.length(value);
                refused = mutations.isEmpty()
                        ? !room.addNodeWithKeyValue(head, next, keyBytes, valueBytes)
                        : !room.addKeyValue(next, keyBytes, valueBytes);
                if (!refused) mutations.add(next);
            }
            if (!mutations.isEmpty()) taken.add(new NodeDelta(identity, 0, 0, mutations, mutations.size()));
            if (refused) return new Delta(taken);
        }
    }
}
