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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int MOST_BYTES = 64 << 10;
    private static final PeerId A = new PeerId("a", 1, 8);
    private static final PeerId B = new PeerId("bärlin", 2, 0);
    private static final List<Frame> FRAMES = List.of(
            new Hello(Role.MEMBER, "c", A),
            new Data(A, B, false, 3, 2, Kind.PLAIN, 0, 0, false, Buffer.buffer("hello")),
            new Alive(),
            new Data(A, null, true, 4, 3, Kind.REQUEST, 0, 0, true, Buffer.buffer()),
            new Ack(B, A, 0, new long[] {3, 4}),
            new Goodbye("enough"));

    @Test
    void readsTheSameWhereverTheBytesAreCutInTwo() throws FrameException {
        Buffer bytes = encoded(FRAMES);
        for (int cut = 0; cut <= bytes.length(); cut++) {
            assertThat(read(bytes, cut)).as("cut at %s", cut).isEqualTo(FRAMES);
        }
    }

    @Test
    void readsTheSameWhereverTheBytesAreCutInThree() throws FrameException {
        Buffer bytes = encoded(FRAMES);
        for (int first = 0; first <= bytes.length(); first++) {
            for (int second = first; second <= bytes.length(); second++) {
                assertThat(read(bytes, first, second))
                        .as("cut at %s and %s", first, second)
                        .isEqualTo(FRAMES);
            }
        }
    }

    @Test
    void readsManyFramesOfAllSizesInRandomPieces() throws FrameException {
        long randomSeed = new Random().nextLong();
        System.out.println("FrameReaderTest: random seed " + randomSeed);
        Random random = new Random(randomSeed);
        for (int round = 0; round < 50; round++) {
            List<Frame> frames = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                frames.add(random.nextBoolean() ? FRAMES.get(random.nextInt(FRAMES.size())) : data(random));
            }
            FrameReader reader = new FrameReader();
            List<Frame> read = new ArrayList<>();
            Buffer bytes = encoded(frames);
            int most = 1 << random.nextInt(16);
            for (int from = 0; from < bytes.length(); ) {
                int to = Math.min(bytes.length(), from + 1 + random.nextInt(most));
                reader.add(bytes.getBuffer(from, to));
                // Who is paused leaves frames there and goes on later.
                drain(reader, read, to < bytes.length() && random.nextInt(4) == 0 ? 1 : Integer.MAX_VALUE);
                from = to;
            }
            drain(reader, read, Integer.MAX_VALUE);

            assertThat(read).as("random seed %s, round %s", randomSeed, round).isEqualTo(frames);
        }
    }

    @Test
    void whatWasReadStaysAsItIsWhenMoreComes() throws FrameException {
        FrameReader reader = new FrameReader();
        Buffer bytes = encoded(List.of(FRAMES.get(1), FRAMES.get(1), FRAMES.get(4)));
        reader.add(bytes.getBuffer(0, 10));
        reader.add(bytes.getBuffer(10, bytes.length() - 5));
        Frame first = reader.next(MOST_BYTES);
        Frame second = reader.next(MOST_BYTES);

        reader.add(bytes.getBuffer(bytes.length() - 5, bytes.length()).appendBuffer(encoded(FRAMES)));

        assertThat(reader.next(MOST_BYTES)).isEqualTo(FRAMES.get(4));
        assertThat(first).isEqualTo(FRAMES.get(1)).isEqualTo(second);
    }

    @Test
    void refusesALengthBeforeItsBytesCome() {
        assertThatThrownBy(() -> reader(Buffer.buffer().appendInt(-1)).next(MOST_BYTES))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("a frame of 4294967295 bytes, at most 65536 are allowed");
        assertThatThrownBy(() -> reader(Buffer.buffer().appendInt(0)).next(MOST_BYTES))
                .isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> reader(Buffer.buffer().appendInt(11)).next(10)).isInstanceOf(FrameException.class);
    }

    @Test
    void tellsPeersApartThatDifferLittle() throws FrameException {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            PeerId source = new PeerId("node-" + i % 300, i % 3, i % 7);
            PeerId target = new PeerId(i % 5 == 0 ? "" : "x".repeat(i % 200), 1, 0);
            frames.add(new Data(source, target, false, i, 0, Kind.PLAIN, 0, 0, false, Buffer.buffer()));
        }

        assertThat(read(encoded(frames))).isEqualTo(frames);
    }

    private static Frame data(Random random) {
        byte[] payload = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 200)];
        random.nextBytes(payload);
        return new Data(A, B, false, random.nextLong(), 0, Kind.PLAIN, 0, 0, false, Buffer.buffer(payload));
    }

    private static Buffer encoded(List<Frame> frames) {
        Buffer bytes = Buffer.buffer();
        frames.forEach(frame -> FrameCodec.append(frame, bytes));
        return bytes;
    }

    private static FrameReader reader(Buffer bytes) {
        FrameReader reader = new FrameReader();
        reader.add(bytes);
        return reader;
    }

    private static List<Frame> read(Buffer bytes, int... cuts) throws FrameException {
        FrameReader reader = new FrameReader();
        List<Frame> frames = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            reader.add(bytes.getBuffer(from, cut));
            drain(reader, frames, Integer.MAX_VALUE);
            from = cut;
        }
        reader.add(bytes.getBuffer(from, bytes.length()));
        drain(reader, frames, Integer.MAX_VALUE);
        return frames;
    }

    private static void drain(FrameReader reader, List<Frame> into, int most) throws FrameException {
        for (int i = 0; i < most; i++) {
            Frame frame = reader.next(MOST_BYTES);
            if (frame == null) {
                return;
            }
            into.add(frame);
        }
    }
}
