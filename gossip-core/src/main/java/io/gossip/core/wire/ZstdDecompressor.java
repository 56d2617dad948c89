/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import org.jspecify.annotations.Nullable;

/**
 * Expands the payload of one block: any number of zstd frames and skippable frames, nothing else. The output has a fixed
 * bound; what a frame says about its own size is not believed.
 */
final class ZstdDecompressor {
    /** What {@link #decompress} returns for a payload that is not as the wire format wants it. */
    static final int BAD = -1;

    private static final int FRAME_MAGIC = 0xfd2fb528;
    private static final int SKIPPABLE_MAGIC = 0x184d2a50; // the last four bits are free

    private @Nullable ZstdDecompressCtx context;

    /**
     * Expands a payload.
     *
     * @param target receives at most 65,535 bytes from {@code at} on, and has room for them
     * @return bytes written, or {@link #BAD}
     */
    int decompress(byte[] source, int from, int length, byte[] target, int at) {
        if (length == 0) return 0;
        try {
            if (!hasOnlyCurrentFrames(source, from, length)) return BAD;
            return context().decompressByteArray(target, at, WireNumbers.MAX_BLOCK_BYTES, source, from, length);
        } catch (ZstdException e) {
            return BAD;
        }
    }

    // The library also reads the frame formats from before zstd 0.8; the protocol never used them (W35).
    private static boolean hasOnlyCurrentFrames(byte[] source, int from, int length) {
        int end = from + length;
        for (int at = from; at < end; ) {
            if (end - at < Integer.BYTES) return false;
            int magic = WireNumbers.i32(source, at);
            if (magic != FRAME_MAGIC && (magic & 0xfffffff0) != SKIPPABLE_MAGIC) return false;
            long frameBytes = Zstd.findFrameCompressedSize(source, at, end - at);
            if (frameBytes <= 0 || frameBytes > end - at) return false;
            at += (int) frameBytes;
        }
        return true;
    }

    private ZstdDecompressCtx context() {
        if (context == null) {
            context = NativeMemory.freedWith(this, new ZstdDecompressCtx());
        }
        return context;
    }
}
