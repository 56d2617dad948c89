/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import java.util.Arrays;

/**
 * Reads a block stream (wire format §7) to its end and offers its content as one stretch of bytes: items may span
 * blocks, and a stretch is what they are parsed from fastest.
 *
 * <p>Memory is bounded by the content limit, counted block by block, and by one block more. The buffer is kept for the
 * next stream unless an unusual one made it large.
 */
final class BlockStreamReader {
    private static final int KEPT_BYTES = 512 * 1024;
    private static final int KEPT_BLOCKS = 256;

    private final int maxStreamBytes;
    private final ZstdDecompressor decompressor = new ZstdDecompressor();
    private final ByteCursor content = new ByteCursor(this::datagramOffset);
    private byte[] buffer = new byte[0];
    private int length;
    private int[] blocks = new int[8]; // per block: start of its content, its offset in the datagram
    private int blockCount;
    private int endOffset;

    BlockStreamReader(int maxStreamBytes) {
        this.maxStreamBytes = maxStreamBytes;
    }

    /**
     * Reads the stream at the cursor and leaves the cursor behind its end byte.
     *
     * @return the content, valid until the next call
     */
    ByteCursor read(ByteCursor datagram, ReadObserver observer) throws MalformedException {
        forget();
        while (true) {
            int offset = datagram.position();
            int type = datagram.u8("the block type");
            switch (type) {
                case WireNumbers.END_OF_STREAM -> {
                    endOffset = offset;
                    observer.streamEnd(buffer, length);
                    content.reset(buffer, 0, length);
                    return content;
                }
                case WireNumbers.ZSTD_BLOCK, WireNumbers.RAW_BLOCK -> block(datagram, offset, type, observer);
                default ->
                    throw datagram.malformed(
                            DecodeError.BAD_BLOCK_TYPE, offset, "block type must be 0, 1 or 2, was " + type);
            }
        }
    }

    private void block(ByteCursor datagram, int offset, int type, ReadObserver observer) throws MalformedException {
        int wireLength = datagram.u16("the block length");
        if (wireLength > datagram.remaining()) {
            throw datagram.malformed(DecodeError.TRUNCATED, datagram.position(), "ends inside the block payload");
        }
        remember(offset);
        int added = type == WireNumbers.RAW_BLOCK ? raw(datagram, wireLength) : zstd(datagram, offset, wireLength);
        if (added > maxStreamBytes - length) {
            throw datagram.malformed(
                    DecodeError.STREAM_TOO_LARGE, offset, "stream content exceeds " + maxStreamBytes + " bytes");
        }
        length += added;
        datagram.skip(wireLength);
        observer.block(offset, type, wireLength, added);
    }

    private int raw(ByteCursor datagram, int wireLength) {
        makeRoom(wireLength);
        System.arraycopy(datagram.bytes(), datagram.position(), buffer, length, wireLength);
        return wireLength;
    }

    private int zstd(ByteCursor datagram, int offset, int wireLength) throws MalformedException {
        makeRoom(WireNumbers.MAX_BLOCK_BYTES);
        int added = decompressor.decompress(datagram.bytes(), datagram.position(), wireLength, buffer, length);
        if (added == ZstdDecompressor.BAD) {
            throw datagram.malformed(DecodeError.BAD_ZSTD, offset, "block does not decompress to at most 65535 bytes");
        }
        return added;
    }

    private void makeRoom(int bytes) {
        if (bytes > buffer.length - length) {
            // Twice as much as before, but never more than the limit and the block which exceeds it.
            long doubled = Math.min(2L * buffer.length, (long) maxStreamBytes + WireNumbers.MAX_BLOCK_BYTES);
            buffer = Arrays.copyOf(buffer, (int) Math.max(doubled, length + bytes));
        }
    }

    private void remember(int offset) {
        if (2 * blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blocks.length);
        }
        blocks[2 * blockCount] = length;
        blocks[2 * blockCount + 1] = offset;
        blockCount++;
    }

    private void forget() {
        if (buffer.length > KEPT_BYTES) {
            buffer = new byte[0];
        }
        if (blocks.length > 2 * KEPT_BLOCKS) {
            blocks = new int[8];
        }
        length = 0;
        blockCount = 0;
    }

    /** The offset of the block that holds this position of the content. */
    private int datagramOffset(int position) {
        if (position >= length) return endOffset;
        int block = blockCount - 1;
        while (blocks[2 * block] > position) {
            block--;
        }
        return blocks[2 * block + 1];
    }
}
