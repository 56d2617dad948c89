/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageRoundTripPropertyTest {
    private static final GossipAddress ADDRESS = GossipAddress.parse("127.0.0.1:7280");

    private final MessageCodec codec = new MessageCodec(GoldenVectorTest.MAX_STREAM_BYTES, new IdentityTable());

    @Test
    void decodesWhatItEncoded() {
        long randomSeed = RandomMessages.randomSeed();
        RandomMessages messages = new RandomMessages(randomSeed);
        for (int i = 0; i < 3000; i++) {
            Envelope envelope = messages.envelope();
            byte[] datagram = codec.encode(envelope);
            assertThat(codec.decode(datagram))
                    .as("random seed %d, message %d", randomSeed, i)
                    .isEqualTo(envelope);
            assertThat(codec.decodeInPassing(datagram))
                    .as("random seed %d, message %d in passing", randomSeed, i)
                    .isEqualTo(envelope);
        }
    }

    @Test
    void sortsByUtf8BytesNotByCharsAndKeepsTheLastOfEqualIdentities() {
        // U+FF5E is above the surrogates as a char, below U+1F600 as bytes.
        NodeIdentity wave = new NodeIdentity("\uff5e", 1, ADDRESS);
        NodeIdentity smile = new NodeIdentity("\ud83d\ude00", 1, ADDRESS);
        NodeDigest first = new NodeDigest(wave, 2, 0, 0);
        NodeDigest second = new NodeDigest(smile, 1, 0, 0);
        Digest given = Digest.of(List.of(second, new NodeDigest(wave, 1, 0, 0), first));
        for (ProtocolVersion version : ProtocolVersion.values()) {
            Envelope sent = new Envelope(version, new Message.Syn(given, "c"));
            Envelope expected = new Envelope(version, new Message.Syn(Digest.of(List.of(first, second)), "c"));
            assertThat(codec.decode(codec.encode(sent))).isEqualTo(expected);
        }
    }

    @Test
    void keepsNumbersUnsigned() {
        NodeIdentity identity = new NodeIdentity("n", -1, ADDRESS);
        KeyMutation low = new KeyMutation("k", "v", Long.MAX_VALUE, EntryStatus.SET);
        KeyMutation high = new KeyMutation("k", "v", Long.MIN_VALUE, EntryStatus.SET);
        Envelope rising = ack(new NodeDelta(identity, -1, -2, List.of(low, high), -1));
        assertThat(codec.decode(codec.encode(rising))).isEqualTo(rising);
        assertThatThrownBy(() -> codec.encode(ack(new NodeDelta(identity, 0, 0, List.of(high, low), -1))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(ack(new NodeDelta(identity, 0, 0, List.of(high), Long.MAX_VALUE))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesADatagramOf65507BytesAndNoneOf65508() {
        Envelope largest = syn("c".repeat(65_499));
        byte[] datagram = codec.encode(largest);
        assertThat(datagram).hasSize(65_507);
        assertThat(codec.decode(datagram)).isEqualTo(largest);
        assertThatThrownBy(() -> codec.encode(syn("c".repeat(65_500)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToEncodeWhatCannotBeWritten() {
        NodeIdentity identity = new NodeIdentity("n1", 1, ADDRESS);
        assertThatThrownBy(() -> codec.encode(ack(delta(identity, "x".repeat(65_536)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(ack(delta(identity, "\ud800"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(
                        new Envelope(ProtocolVersion.V1, new Message.Syn(Digest.of(List.of()), "c".repeat(65_536)))))
                .isInstanceOf(IllegalArgumentException.class);
        NodeDelta bare = new NodeDelta(identity, 0, 0, List.of(), 0);
        assertThatThrownBy(() ->
                        codec.encode(new Envelope(ProtocolVersion.V0, new Message.Ack(new Delta(List.of(bare, bare))))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodesAValueOf65535BytesWhenItCompresses() {
        Envelope envelope = ack(delta(new NodeIdentity("n1", 1, ADDRESS), "x".repeat(65_535)));
        assertThat(codec.decode(codec.encode(envelope))).isEqualTo(envelope);
    }

    private static Envelope syn(String clusterId) {
        return new Envelope(ProtocolVersion.V0, new Message.Syn(Digest.of(List.of()), clusterId));
    }

    private static NodeDelta delta(NodeIdentity identity, String value) {
        return new NodeDelta(identity, 0, 0, List.of(new KeyMutation("", value, 1, EntryStatus.SET)), 1);
    }

    private static Envelope ack(NodeDelta delta) {
        return new Envelope(ProtocolVersion.V0, new Message.Ack(new Delta(List.of(delta))));
    }
}
