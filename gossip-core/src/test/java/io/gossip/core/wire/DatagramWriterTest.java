/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.ByteBudget;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatagramWriterTest {
    private static final Delta ONE_KEY = new Delta(List.of(new NodeDelta(
            identity(0), 0, 0, List.of(new KeyMutation("key", "schlüssel", 3, EntryStatus.TOMBSTONE)), 3)));

    private final MessageCodec codec = new MessageCodec(GoldenVectorTest.MAX_STREAM_BYTES, new IdentityTable());
    private final DatagramWriter writer = new DatagramWriter(65_507);

    @ParameterizedTest
    @EnumSource
    void writesAllMessagesOneAfterTheOther(ProtocolVersion version) {
        DigestImage image = image(500);
        for (int round = 0; round < 2; round++) {
            writer.begin(version, MessageType.SYN);
            assertThat(writer.digest(image, 100)).isTrue();
            writer.clusterId("clüster");
            assertThat(codec.decode(writer.finish()))
                    .isEqualTo(new Envelope(version, new Message.Syn(digest(500), "clüster")));

            writer.begin(version, MessageType.SYN_ACK);
            assertThat(writer.digest(image, 100)).isTrue();
            assertThat(writer.length()).isEqualTo(4 + writer.digestBytes());
            writer.delta(ONE_KEY);
            assertThat(codec.decode(writer.finish()))
                    .isEqualTo(new Envelope(version, new Message.SynAck(digest(500), ONE_KEY)));

            writer.begin(version, MessageType.ACK);
            writer.delta(Delta.EMPTY);
            assertThat(writer.finish()).containsExactly(0x53, 0xb0, version.code(), 2, 0);

            writer.begin(version, MessageType.BAD_CLUSTER);
            assertThat(writer.finish()).containsExactly(0x53, 0xb0, version.code(), 3);
        }
    }

    @Test
    void refusesADigestThatLeavesTooLittleRoom() {
        DigestImage image = image(100);
        int digestBytes = 2 + image.plainBytes();
        DatagramWriter exact = new DatagramWriter(4 + digestBytes + 50);
        exact.begin(ProtocolVersion.V0, MessageType.SYN_ACK);
        assertThat(exact.digest(image, 51)).isFalse();
        assertThat(exact.length()).isEqualTo(4);
        assertThat(exact.digest(image, 50)).isTrue();
        assertThat(exact.digestBytes()).isEqualTo(digestBytes);
    }

    @Test
    void refusesACompressedDigestThatLeavesTooLittleRoom() {
        DigestImage image = image(1000);
        writer.begin(ProtocolVersion.V1, MessageType.SYN_ACK);
        assertThat(writer.digest(image, 0)).isTrue();
        int digestBytes = writer.digestBytes();
        assertThat(digestBytes).isLessThan(image.plainBytes());
        writer.begin(ProtocolVersion.V1, MessageType.SYN_ACK);
        int room = 65_507 - 4 - digestBytes;
        assertThat(writer.digest(image, room + 1)).isFalse();
        assertThat(writer.length()).isEqualTo(4);
        assertThat(writer.digest(image, room)).isTrue();
        assertThat(writer.length()).isEqualTo(4 + digestBytes);
    }

    @Test
    void refusesADigestFarBeyondADatagram() {
        DigestImage image = image(70_000);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            writer.begin(version, MessageType.SYN);
            assertThat(writer.digest(image, 0)).isFalse();
            assertThat(writer.finish()).hasSize(4);
        }
    }

    @Test
    void leavesTheDeltaWhatTheDigestLeft() {
        DatagramWriter small = new DatagramWriter(4 + 2 + 64);
        small.begin(ProtocolVersion.V0, MessageType.SYN_ACK);
        assertThat(small.digest(image(0), 0)).isTrue();
        ByteBudget byRoom = small.beginDelta(1000);
        assertThat(byRoom.fitsAlone(new NodeIdentity("n1", 1, GossipAddress.parse("1.2.3.4:5")), 5, 5))
                .isTrue();
        assertThat(byRoom.fitsAlone(new NodeIdentity("n1", 1, GossipAddress.parse("1.2.3.4:5")), 5, 6))
                .isFalse();
        ByteBudget byCaller = small.beginDelta(63);
        assertThat(byCaller.fitsAlone(new NodeIdentity("n1", 1, GossipAddress.parse("1.2.3.4:5")), 5, 5))
                .isFalse();
    }

    @Test
    void writesASetMaxVersionOnlyAboveTheLastKey() {
        KeyMutation mutation = new KeyMutation("k", "v", 5, EntryStatus.SET);
        assertThat(encodedOps(new NodeDelta(identity(0), 0, 0, List.of(mutation), 5)))
                .isEqualTo(2);
        assertThat(encodedOps(new NodeDelta(identity(0), 0, 0, List.of(mutation), -1)))
                .isEqualTo(3);
        assertThat(encodedOps(new NodeDelta(identity(0), 0, 0, List.of(), 0))).isEqualTo(1);
        assertThat(encodedOps(new NodeDelta(identity(0), 0, 0, List.of(), 1))).isEqualTo(2);
    }

    @Test
    void staysUsableAfterADeltaThatDoesNotFit() {
        DatagramWriter small = new DatagramWriter(40);
        small.begin(ProtocolVersion.V0, MessageType.ACK);
        assertThatThrownBy(() -> small.delta(ONE_KEY)).isInstanceOf(IllegalArgumentException.class);
        assertThat(small.length()).isEqualTo(4);
        small.delta(Delta.EMPTY);
        assertThat(small.finish()).hasSize(5);
    }

    private int encodedOps(NodeDelta delta) {
        writer.begin(ProtocolVersion.V0, MessageType.ACK);
        writer.delta(new Delta(List.of(delta)));
        Dissection dissection = new DatagramDissector(10_000).dissect(writer.finish());
        assertThat(dissection).isInstanceOf(Dissection.Anatomy.class);
        Dissection.DeltaPart part = ((Dissection.Anatomy) dissection).delta();
        assertThat(part).isNotNull();
        return part.ops().size();
    }

    private static DigestImage image(int size) {
        DigestImage image = new DigestImage();
        image.layout(identities(size + 3)); // layouts replace each other
        image.layout(identities(size));
        for (int i = 0; i < size; i++) {
            image.set(i, -1, 2, 3);
            image.set(i, i, -i, Long.MIN_VALUE + i);
        }
        return image;
    }

    private static Digest digest(int size) {
        List<NodeDigest> entries = new ArrayList<>();
        for (NodeIdentity identity : identities(size)) {
            int i = entries.size();
            entries.add(new NodeDigest(identity, i, -i, Long.MIN_VALUE + i));
        }
        return Digest.of(entries);
    }

    private static List<NodeIdentity> identities(int count) {
        List<NodeIdentity> identities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            identities.add(identity(i));
        }
        return identities;
    }

    private static NodeIdentity identity(int i) {
        return new NodeIdentity("node-" + (10_000 + i), i, GossipAddress.parse("10.0.0.1:" + (i % 65_536)));
    }
}
