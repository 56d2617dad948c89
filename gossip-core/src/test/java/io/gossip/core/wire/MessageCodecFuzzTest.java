/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gossip.core.message.Message;

/** {@code JAZZER_FUZZ=1 mvn -pl gossip-core test -Dtest=MessageCodecFuzzTest} explores; without it, a plain test. */
class MessageCodecFuzzTest {
    private static final int MAX_STREAM_BYTES = 1024 * 1024;

    @FuzzTest
    void decodesAnyBytesToAMessageOrAReason(byte[] datagram) {
        MessageCodec codec = new MessageCodec(MAX_STREAM_BYTES, new IdentityTable());
        Decoded decoded = codec.decode(datagram);
        if (decoded instanceof Envelope envelope && envelope.message() instanceof Message.Ack) {
            try {
                assertThat(codec.decode(codec.encode(envelope))).isEqualTo(decoded);
            } catch (IllegalArgumentException e) {
                assertThat(datagram.length).isGreaterThan(1000); // compressed better than we do
            }
        }
        if (decoded instanceof Malformed malformed) {
            assertThat(malformed.offset()).isBetween(0, datagram.length);
            assertThat(new DatagramDissector(MAX_STREAM_BYTES).dissect(datagram))
                    .isEqualTo(malformed);
        }
    }
}
