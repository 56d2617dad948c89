/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenVectorTest {
    static final int MAX_STREAM_BYTES = 16 * 1024 * 1024;

    private final MessageCodec codec = new MessageCodec(MAX_STREAM_BYTES, new IdentityTable());
    private final DatagramDissector dissector = new DatagramDissector(MAX_STREAM_BYTES);

    @Test
    void findsAllVectors() {
        assertThat(GoldenVector.valid()).hasSizeGreaterThanOrEqualTo(61);
        assertThat(GoldenVector.malformed()).hasSizeGreaterThanOrEqualTo(43);
    }

    @ParameterizedTest
    @MethodSource("valid")
    void decodesWhatTheReferenceSent(GoldenVector vector) {
        assertThat(codec.decode(vector.datagram())).isEqualTo(vector.expected());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void decodesTheSameWithAllIdentitiesKnown(GoldenVector vector) {
        IdentityTable known = new IdentityTable();
        known.replaceAll(identities(vector.expected().message()));
        MessageCodec knowing = new MessageCodec(MAX_STREAM_BYTES, known);
        assertThat(knowing.decode(vector.datagram())).isEqualTo(vector.expected());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void encodesCanonicalMessagesToTheSameContent(GoldenVector vector) {
        if (!vector.isCanonical()) return;
        byte[] encoded = codec.encode(vector.expected());
        Dissection.Anatomy anatomy = dissect(encoded);
        Dissection.Anatomy recorded = dissect(vector.datagram());
        if (streams(recorded).isEmpty()) {
            assertThat(encoded).isEqualTo(vector.datagram());
        }
        assertThat(codec.decode(encoded)).isEqualTo(vector.expected());
        assertThat(streams(anatomy)).hasSameSizeAs(streams(recorded));
        for (int i = 0; i < streams(recorded).size(); i++) {
            assertThat(streams(anatomy).get(i).content())
                    .isEqualTo(streams(recorded).get(i).content());
            assertThat(blockLengths(streams(anatomy).get(i)))
                    .isEqualTo(blockLengths(streams(recorded).get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void sortsAShuffledDigest(GoldenVector vector) {
        if (!vector.isCanonical() || !(vector.expected().message() instanceof Message.Syn syn)) return;
        List<NodeDigest> entries = entries(syn.digest());
        Collections.shuffle(entries, new Random(7));
        Message.Syn shuffled = new Message.Syn(Digest.of(entries), syn.clusterId());
        assertThat(codec.decode(codec.encode(new Envelope(vector.expected().version(), shuffled))))
                .isEqualTo(vector.expected());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWithTheCodeOfTheVector(GoldenVector vector) {
        DecodeError code = DecodeError.valueOf(vector.json().get("code").textValue());
        assertThat(codec.decode(vector.datagram())).isInstanceOfSatisfying(Malformed.class, malformed -> {
            assertThat(malformed.error()).isEqualTo(code);
            assertThat(malformed.offset()).isBetween(0, vector.datagram().length);
            assertThat(malformed.reason()).isNotBlank();
        });
        assertThat(dissector.dissect(vector.datagram())).isEqualTo(codec.decode(vector.datagram()));
    }

    private Dissection.Anatomy dissect(byte[] datagram) {
        assertThat(dissector.dissect(datagram)).isInstanceOf(Dissection.Anatomy.class);
        return (Dissection.Anatomy) dissector.dissect(datagram);
    }

    private static List<Dissection.Stream> streams(Dissection.Anatomy anatomy) {
        List<Dissection.Stream> streams = new ArrayList<>();
        Dissection.DigestPart digest = anatomy.digest();
        if (digest != null && digest.stream() != null) streams.add(digest.stream());
        Dissection.DeltaPart delta = anatomy.delta();
        if (delta != null) streams.add(delta.stream());
        return streams;
    }

    private static List<Integer> blockLengths(Dissection.Stream stream) {
        return stream.blocks().stream().map(block -> block.content().length).toList();
    }

    private static List<NodeDigest> entries(Digest digest) {
        List<NodeDigest> entries = new ArrayList<>();
        for (int i = 0; i < digest.size(); i++) {
            entries.add(digest.entry(i));
        }
        return entries;
    }

    private static List<NodeIdentity> identities(Message message) {
        if (message instanceof Message.Syn syn) {
            return entries(syn.digest()).stream()
                    .map(NodeDigest::identity)
                    .distinct()
                    .sorted()
                    .toList();
        }
        if (message instanceof Message.SynAck synAck) {
            return entries(synAck.digest()).stream()
                    .map(NodeDigest::identity)
                    .distinct()
                    .sorted()
                    .toList();
        }
        return List.of();
    }

    private static List<GoldenVector> valid() {
        return GoldenVector.valid();
    }

    private static List<GoldenVector> malformed() {
        return GoldenVector.malformed();
    }
}
