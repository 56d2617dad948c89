/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.messaging.frame.Frame.Ack;
import io.gossip.messaging.frame.Frame.Alive;
import io.gossip.messaging.frame.Frame.Data;
import io.gossip.messaging.frame.Frame.Goodbye;
import io.gossip.messaging.frame.Frame.Hello;
import io.gossip.messaging.frame.Frame.Kind;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameCodecTest {
    private static final PeerId A = new PeerId("a", 1, 8);
    private static final PeerId B = new PeerId("b", 2, 0);

    private static final Map<String, Frame> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("hello-member", new Hello(Role.MEMBER, "default-cluster", A));
        MEANINGS.put("hello-subscriber", new Hello(Role.SUBSCRIBER, "c", new PeerId("bärlin", -1, 0)));
        MEANINGS.put("hello-proxy", new Hello(Role.PROXY, "", new PeerId("p", 7, 0)));
        MEANINGS.put("data-direct", new Data(A, B, false, 3, 2, Kind.PLAIN, 0, 0, false, Buffer.buffer("hello")));
        MEANINGS.put(
                "data-broadcast", new Data(A, null, true, Long.MIN_VALUE, 0, Kind.PLAIN, 0, 0, false, Buffer.buffer()));
        MEANINGS.put(
                "data-broadcast-for-subscribers",
                new Data(A, null, true, 5, 0, Kind.PLAIN, 0, 2, true, Buffer.buffer(new byte[] {0, -1})));
        MEANINGS.put(
                "data-broadcast-for-one", new Data(A, B, true, 6, 5, Kind.PLAIN, 0, 0, true, Buffer.buffer("all")));
        MEANINGS.put("data-request", new Data(A, B, false, 6, 2, Kind.REQUEST, 0, 0, false, Buffer.buffer("?")));
        MEANINGS.put(
                "data-request-to-all", new Data(A, null, true, 6, 0, Kind.REQUEST, 0, 0, false, Buffer.buffer("?")));
        MEANINGS.put("data-reply", new Data(B, A, false, 9, 2, Kind.REPLY, 6, 1, false, Buffer.buffer("!")));
        MEANINGS.put("ack", new Ack(B, A, 0, new long[] {3, 4}));
        MEANINGS.put("ack-of-nothing", new Ack(B, A, 1, new long[0]));
        MEANINGS.put("alive", new Alive());
        MEANINGS.put("goodbye", new Goodbye("the member was closed"));
    }

    static Stream<Map.Entry<String, String>> vectors() throws IOException {
        try (InputStream file = Objects.requireNonNull(FrameCodecTest.class.getResourceAsStream("frames.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .map(parts -> Map.entry(parts[0], parts[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachVectorMeansWhatItShouldAndIsWrittenTheSame(Map.Entry<String, String> vector) throws FrameException {
        Buffer bytes = Buffer.buffer(HexFormat.of().parseHex(vector.getValue()));
        Frame meaning = Objects.requireNonNull(MEANINGS.get(vector.getKey()), vector.getKey());

        assertThat(bytes.getInt(0)).isEqualTo(bytes.length() - FrameCodec.LENGTH_BYTES);
        assertThat(FrameCodec.decode(body(bytes))).isEqualTo(meaning);
        assertThat(FrameCodec.encode(meaning)).isEqualTo(bytes);
    }

    @Test
    void everyMeaningHasAVector() throws IOException {
        assertThat(vectors().map(Map.Entry::getKey)).containsExactlyInAnyOrderElementsOf(MEANINGS.keySet());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noFrameMayEndEarly(Map.Entry<String, String> vector) {
        Buffer bytes = body(Buffer.buffer(HexFormat.of().parseHex(vector.getValue())));
        int fixed = bytes.length() - payloadBytes(vector.getKey());
        for (int length = 0; length < fixed; length++) {
            Buffer cut = bytes.getBuffer(0, length);
            assertThatThrownBy(() -> FrameCodec.decode(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(FrameException.class);
        }
    }

    @Test
    void refusesBytesBehindTheEnd() {
        Buffer bytes = body(FrameCodec.encode(new Alive())).appendByte((byte) 0);

        assertThatThrownBy(() -> FrameCodec.decode(bytes)).hasMessageContaining("1 bytes too many");
    }

    @Test
    void randomBytesNeverDoMoreThanBeRefused() {
        long randomSeed = new Random().nextLong();
        Random random = new Random(randomSeed);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (1 + random.nextInt(6));
            }
            try {
                Frame frame = FrameCodec.decode(Buffer.buffer(bytes));
                assertThat(FrameCodec.decode(body(FrameCodec.encode(frame)))).isEqualTo(frame);
            } catch (FrameException refused) {
                assertThat(refused.getMessage())
                        .as("random seed %s", randomSeed)
                        .isNotBlank();
            }
        }
    }

    @Test
    void refusesToWriteWhatNobodyCouldRead() {
        PeerId long1 = new PeerId("x".repeat(1_025), 1, 0);

        assertThatThrownBy(() -> FrameCodec.encode(new Hello(Role.MEMBER, "c", long1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 1024 bytes");
        assertThatThrownBy(() -> FrameCodec.encode(new Ack(A, B, 0, new long[FrameCodec.MAX_ACKED + 1])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhomFramesCanName() {
        assertThat(FrameCodec.canName("x".repeat(1_024))).isTrue();
        assertThat(FrameCodec.canName("x".repeat(1_025))).isFalse();
        assertThat(FrameCodec.canName("ä".repeat(513))).isFalse();
        assertThat(FrameCodec.canName("\ud800")).isFalse();
    }

    private static int payloadBytes(String name) {
        return MEANINGS.get(name) instanceof Data data ? data.payload().length() : 0;
    }

    private static Buffer body(Buffer frame) {
        return frame.getBuffer(FrameCodec.LENGTH_BYTES, frame.length());
    }
}
