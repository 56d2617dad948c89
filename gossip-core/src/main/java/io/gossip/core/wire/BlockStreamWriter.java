/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/**
 * Writes content as a block stream (wire format §7). Since a block is cut whenever more than 16,384 bytes are pending, all
 * blocks but the last hold exactly that many: cutting the finished content gives the same.
 */
final class BlockStreamWriter {
    /** What {@link #write} returns when the stream does not fit. */
    static final int DOES_NOT_FIT = -1;

    /** Room behind the limit that {@link #write} may use while it works: a block before it is known to fit. */
    static final int SLACK_BYTES = WireNumbers.BLOCK_HEADER_BYTES + ZstdCompressor.BLOCK_BOUND;

    private final ZstdCompressor thorough = new ZstdCompressor(ZstdCompressor.THOROUGH);
    private final ZstdCompressor quick = new ZstdCompressor(ZstdCompressor.QUICK);

    /**
     * Writes the stream of a digest. One of a single block, of some 300 members, takes as little time as can be, because it
     * is written and read for each message. Longer ones, and one that does not fit so, are made as short as can be.
     *
     * @param content holds the content from 0 on
     * @param length bytes of content
     * @param target has {@link #SLACK_BYTES} behind {@code limit}
     * @param at where the stream begins in the target
     * @param limit where it must end at the latest, exclusive
     * @return where it ends, or {@link #DOES_NOT_FIT}
     */
    int writeDigest(byte[] content, int length, byte[] target, int at, int limit) {
        int end = length <= WireNumbers.BLOCK_BYTES ? write(quick, content, length, target, at, limit) : DOES_NOT_FIT;
        return end == DOES_NOT_FIT ? write(thorough, content, length, target, at, limit) : end;
    }

    /**
     * Writes one stream.
     *
     * @param content holds the content from 0 on
     * @param length bytes of content
     * @param target has {@link #SLACK_BYTES} behind {@code limit}
     * @param at where the stream begins in the target
     * @param limit where it must end at the latest, exclusive
     * @return where it ends, or {@link #DOES_NOT_FIT}
     */
    int write(byte[] content, int length, byte[] target, int at, int limit) {
        return write(thorough, content, length, target, at, limit);
    }

    private static int write(ZstdCompressor compressor, byte[] content, int length, byte[] target, int at, int limit) {
        int end = at;
        for (int from = 0; from < length; from += WireNumbers.BLOCK_BYTES) {
            end = block(compressor, content, from, Math.min(WireNumbers.BLOCK_BYTES, length - from), target, end);
            if (end >= limit) return DOES_NOT_FIT;
        }
        if (end >= limit) return DOES_NOT_FIT;
        target[end] = WireNumbers.END_OF_STREAM;
        return end + 1;
    }

    /** Writes a block, compressed if that is shorter; returns where it ends. */
    int block(byte[] content, int from, int length, byte[] target, int at) {
        return block(thorough, content, from, length, target, at);
    }

    // The library gets more room than the reference gives it, and its result is compared afterwards: running out of
    // room would be an exception for every block that does not compress.
    private static int block(ZstdCompressor compressor, byte[] content, int from, int length, byte[] target, int at) {
        int payload = at + WireNumbers.BLOCK_HEADER_BYTES;
        int wireLength = compressor.compress(content, from, length, target, payload);
        if (wireLength >= length) {
            return plainBlock(content, from, length, target, at);
        }
        header(WireNumbers.ZSTD_BLOCK, wireLength, target, at);
        return payload + wireLength;
    }

    /** Writes a block as it is; returns where it ends. */
    static int plainBlock(byte[] content, int from, int length, byte[] target, int at) {
        int payload = at + WireNumbers.BLOCK_HEADER_BYTES;
        System.arraycopy(content, from, target, payload, length);
        header(WireNumbers.RAW_BLOCK, length, target, at);
        return payload + length;
    }

    private static void header(int tag, int wireLength, byte[] target, int at) {
        target[at] = (byte) tag;
        WireNumbers.putU16(target, at + 1, wireLength);
    }
}
