/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.reconcile.ByteBudget;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaBudgetPropertyTest {
    private static final NodeIdentity N1 = new NodeIdentity("n1", 1, GossipAddress.parse("127.0.0.1:7280"));

    /** A delta collected as far as a budget went, and the same with the op that was refused (null if all fitted). */
    private record Collected(Delta delta, Delta withRefused) {}

    @Test
    void isExactForContentThatDoesNotCompress() {
        Random random = new Random(1);
        BlockStreamWriter streams = new BlockStreamWriter();
        byte[] target = new byte[66_000 + BlockStreamWriter.SLACK_BYTES];
        for (int length : new int[] {0, 1, 43, 16_383, 16_384, 16_385, 32_768, 32_769, 40_051, 49_152, 65_495}) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            assertThat(streams.write(content, length, target, 0, 66_000))
                    .as("%d bytes", length)
                    .isEqualTo((int) DeltaBudget.encodedBound(length));
        }
        assertThat(DeltaBudget.encodedBound(40_051)).isEqualTo(40_061); // the worked example of wire format §9
    }

    @Test
    void neverLetsADeltaExceedTheBudgetAndRefusesNothingThatSurelyFits() {
        long randomSeed = RandomMessages.randomSeed();
        Random random = new Random(randomSeed);
        RandomMessages messages = new RandomMessages(randomSeed);
        DatagramWriter writer = new DatagramWriter(WireNumbers.MAX_DATAGRAM_BYTES);
        OpWriter ops = new OpWriter();
        for (int i = 0; i < 4000; i++) {
            int maxBytes = i % 4 == 0 ? 100 + random.nextInt(65_408) : 100 + random.nextInt(3000);
            writer.begin(ProtocolVersion.V0, MessageType.ACK);
            Collected collected = collect(writer.deltaBudget(maxBytes), messages, random, maxBytes);
            writer.delta(collected.delta());
            int budget = Math.min(maxBytes, WireNumbers.MAX_DATAGRAM_BYTES - WireNumbers.HEADER_BYTES);
            assertThat(writer.length() - WireNumbers.HEADER_BYTES)
                    .as("random seed %d, delta %d", randomSeed, i)
                    .isLessThanOrEqualTo(budget);
            ops.write(collected.delta());
            assertThat(DeltaBudget.encodedBound(ops.length())).isLessThanOrEqualTo(budget);
            ops.write(collected.withRefused());
            assertThat(DeltaBudget.encodedBound(ops.length()))
                    .as("random seed %d, delta %d", randomSeed, i)
                    .isGreaterThan(budget);
        }
    }

    @Test
    void takesANodeAndItsFirstOpTogetherOrNotAtAll() {
        // Node op 36, KeyValue op 14 + 10, block head 3, end byte 1.
        assertThat(new DeltaBudget(64).addNodeWithKeyValue(N1, 5, 5)).isTrue();
        DeltaBudget tight = new DeltaBudget(63);
        assertThat(tight.addNodeWithKeyValue(N1, 5, 5)).isFalse();
        assertThat(tight.fitsAlone(N1, 5, 5)).isFalse();
        assertThat(tight.fitsAlone(N1, 5, 4)).isTrue();
        // Nothing was counted: there is room for exactly 59 bytes of ops.
        assertThat(tight.addNodeWithKeyValue(N1, 5, 4)).isTrue();
        assertThat(tight.addMaxVersion()).isFalse();
        assertThat(tight.fitsAlone(N1, 5, 4)).isTrue();
    }

    @Test
    void countsASetMaxVersionAsNineBytes() {
        assertThat(new DeltaBudget(49).addNodeWithMaxVersion(N1)).isTrue();
        DeltaBudget tight = new DeltaBudget(48);
        assertThat(tight.addNodeWithMaxVersion(N1)).isFalse();
        DeltaBudget roomy = new DeltaBudget(58);
        assertThat(roomy.addNodeWithMaxVersion(N1)).isTrue();
        assertThat(roomy.addMaxVersion()).isTrue();
        assertThat(roomy.addMaxVersion()).isFalse();
    }

    @Test
    void survivesLengthsThatOverflowAnInt() {
        DeltaBudget budget = new DeltaBudget(65_503);
        assertThat(budget.addNodeWithKeyValue(N1, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isFalse();
        assertThat(budget.fitsAlone(N1, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
        assertThat(new DeltaBudget(-5).addNodeWithMaxVersion(N1)).isFalse();
    }

    private static Collected collect(ByteBudget budget, RandomMessages messages, Random random, int maxBytes) {
        List<NodeDelta> done = new ArrayList<>();
        String filler = "v".repeat(random.nextInt(Math.max(1, maxBytes / 2)));
        for (int node = 0; ; node++) {
            NodeIdentity identity =
                    new NodeIdentity(node + messages.text(10), 1, GossipAddress.parse("[::1]:" + (1 + node % 60_000)));
            if (random.nextInt(5) == 0) {
                List<NodeDelta> before = List.copyOf(done);
                done.add(new NodeDelta(identity, 0, 0, List.of(), 9));
                if (!budget.addNodeWithMaxVersion(identity)) return new Collected(new Delta(before), new Delta(done));
                continue;
            }
            List<KeyMutation> mutations = new ArrayList<>();
            for (int keys = 1 + random.nextInt(6); keys > 0; keys--) {
                String key = messages.text(12);
                String value = random.nextInt(8) == 0 ? filler : messages.text(12);
                boolean fits = mutations.isEmpty()
                        ? budget.addNodeWithKeyValue(identity, Utf8.length(key), Utf8.length(value))
                        : budget.addKeyValue(Utf8.length(key), Utf8.length(value));
                List<NodeDelta> before = new ArrayList<>(done);
                if (!mutations.isEmpty()) before.add(delta(identity, mutations));
                mutations.add(new KeyMutation(key, value, mutations.size() + 1, EntryStatus.SET));
                if (!fits) {
                    done.add(delta(identity, mutations));
                    return new Collected(new Delta(before), new Delta(done));
                }
            }
            done.add(delta(identity, mutations));
        }
    }

    private static NodeDelta delta(NodeIdentity identity, List<KeyMutation> mutations) {
        return new NodeDelta(identity, 0, 0, mutations, mutations.size());
    }
}
