/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.jspecify.annotations.Nullable;

/** Compresses one block into one zstd frame with content size and without checksum. */
final class ZstdCompressor {
    /** Room that the compression of one block may need, whatever it holds. */
    static final int BLOCK_BOUND = (int) Zstd.compressBound(WireNumbers.BLOCK_BYTES);

    /**
     * For deltas: slightly fewer bytes than the reference's level 3 gives, and 10 to 15 percent less time.
     */
    static final int THOROUGH = 1;

    /**
     * For digests: about a third less time to write and half the time to read, because what is not found a second time is
     * left as it is. They come out up to a sixth longer, not at all if node ids and addresses are alike (ADR 65).
     */
    static final int QUICK = -1;

    // The table of matches has 2^11 places, 8 KiB. The level alone would take 128 KiB for a block, mostly misses of the
    // processor's cache when several members share a machine. Digests and deltas do not come out longer.
    private static final int HASH_LOG = 11;

    private final int level;
    private @Nullable ZstdCompressCtx context;

    /** A compressor of a level: {@link #THOROUGH} or {@link #QUICK}. Takes native memory when it is used first. */
    ZstdCompressor(int level) {
        this.level = level;
    }

    /**
     * Compresses {@code length} bytes, at most a block.
     *
     * @param target has room for {@link #BLOCK_BOUND} bytes from {@code at} on
     * @return bytes written
     */
    int compress(byte[] source, int from, int length, byte[] target, int at) {
        return context().compressByteArray(target, at, BLOCK_BOUND, source, from, length);
    }

    private ZstdCompressCtx context() {
        if (context == null) {
            context = NativeMemory.freedWith(
                    this, new ZstdCompressCtx().setLevel(level).setHashLog(HASH_LOG));
        }
        return context;
    }
}
