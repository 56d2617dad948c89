/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a digest is compressed: for speed if it is short and fits so, else for length. */
class DigestBlocksTest {
    private static final int LIMIT = 60_000;

    private final BlockStreamWriter streams = new BlockStreamWriter();
    private final byte[] target = new byte[LIMIT + BlockStreamWriter.SLACK_BYTES];

    @Test
    void aShortOneIsCompressedForSpeed() {
        byte[] content = entries(200);
        assertThat(digest(content, LIMIT)).isGreaterThan(thorough(content));
    }

    @Test
    void oneThatDoesNotFitSoIsCompressedForLength() {
        byte[] content = entries(200);
        int shortest = thorough(content);
        assertThat(digest(content, shortest)).isEqualTo(shortest);
        assertThat(digest(content, shortest - 1)).isEqualTo(BlockStreamWriter.DOES_NOT_FIT);
    }

    @Test
    void aLongOneIsCompressedForLength() {
        byte[] content = entries(500);
        assertThat(content.length).isGreaterThan(WireNumbers.BLOCK_BYTES);
        assertThat(digest(content, LIMIT)).isEqualTo(thorough(content));
    }

    private int digest(byte[] content, int limit) {
        return streams.writeDigest(content, content.length, target, 0, limit);
    }

    private int thorough(byte[] content) {
        return streams.write(content, content.length, target, 0, LIMIT);
    }

    /** Looks like entries of members with random names: what the two levels differ in. */
    private static byte[] entries(int members) {
        Random random = new Random(3);
        ByteBuffer content = ByteBuffer.allocate(members * 64);
        for (int i = 0; i < members; i++) {
            String name = "orders-%05x-%05x".formatted(random.nextInt(1 << 20), random.nextInt(1 << 20));
            content.putShort((short) name.length());
            for (int at = 0; at < name.length(); at++) {
                content.put((byte) name.charAt(at));
            }
            content.putLong(1_760_000_000_000L + random.nextInt(86_400_000))
                    .put((byte) 4)
                    .putInt(random.nextInt());
            content.putShort((short) 7280)
                    .putLong(9_000 + random.nextInt(2_000))
                    .putLong(0)
                    .putLong(random.nextInt(9));
        }
        return Arrays.copyOf(content.array(), content.position());
    }
}
