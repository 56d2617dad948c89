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

    private final ZstdCompressor compressor = new ZstdCompressor();

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
        int end = at;
        for (int from = 0; from < length; from += WireNumbers.BLOCK_BYTES) {
            end = block(content, from, Math.min(WireNumbers.BLOCK_BYTES, length - from), target, end);
            if (end >= limit) return DOES_NOT_FIT;
        }
        if (end >= limit) return DOES_NOT_FIT;
        target[end] = WireNumbers.END_OF_STREAM;
        return end + 1;
    }

    // The library gets more room than the reference gives it, and its result is compared afterwards: running out of
    // room would be an exception for every block that does not compress.
    int block(byte[] content, int from, int length, byte[] target, int at) {
        int payload = at + WireNumbers.BLOCK_HEADER_BYTES;
        int wireLength = compressor.compress(content, from, length, target, payload);
        boolean worthIt = wireLength < length;
        if (!worthIt) {
            System.arraycopy(content, from, target, payload, length);
            wireLength = length;
        }
        target[at] = worthIt ? (byte) WireNumbers.ZSTD_BLOCK : WireNumbers.RAW_BLOCK;
        WireNumbers.putU16(target, at + 1, wireLength);
        return payload + wireLength;
    }
}
