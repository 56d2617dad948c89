/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.jspecify.annotations.Nullable;

/** Compresses one block into one zstd frame with content size and without checksum. */
final class ZstdCompressor {
    /** Room that the compression of one block may need, whatever it holds. */
    static final int BLOCK_BOUND = (int) Zstd.compressBound(WireNumbers.BLOCK_BYTES);

    // Measured on digests of 300 to 1,000 members and on deltas of short texts: level 1 gives slightly fewer bytes than
    // the reference's level 3 and takes 10 to 15 percent less time; level -1 is faster still, its frames
    // are 8 to 35 percent longer.
    private static final int LEVEL = 1;

    // The table of matches has 2^11 places, 8 KiB. The level alone would take 128 KiB for a block, mostly misses of the
    // processor's cache when several members share a machine. Digests and deltas do not come out longer.
    private static final int HASH_LOG = 11;

    private @Nullable ZstdCompressCtx context;

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
                    this, new ZstdCompressCtx().setLevel(LEVEL).setHashLog(HASH_LOG));
        }
        return context;
    }
}
