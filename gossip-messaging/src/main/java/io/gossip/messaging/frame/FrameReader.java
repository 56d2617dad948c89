/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a connection into frames, wherever the network cut them. Keeps what came of a frame until the rest is there, and
 * allocates nothing for what did not come.
 *
 * <p>Confined to one thread.
 */
public final class FrameReader {
    private final KnownPeers peers = new KnownPeers();
    private @Nullable Buffer unread; // from `at` on
    private int at;
    private boolean grows; // whether more may be written behind it

    /** A reader that was given nothing yet. */
    public FrameReader() {}

    /**
     * Takes bytes that came.
     *
     * @param bytes not copied, must not change any more
     */
    public void add(Buffer bytes) {
        Buffer former = unread;
        if (former == null) {
            unread = bytes;
            at = 0;
            grows = false;
            return;
        }
        if (!grows || at > 0) {
            int left = former.length() - at;
            former = Buffer.buffer(left + bytes.length()).appendBuffer(former, at, left);
            at = 0;
            grows = true;
        }
        unread = former.appendBuffer(bytes);
    }

    /**
     * Reads the next frame.
     *
     * @param mostBytes how long it may be, its length not counted
     * @return the frame; null if it is not all there
     * @throws FrameException if it is longer than allowed, or no frame; nothing may be read after that
     */
    public @Nullable Frame next(int mostBytes) throws FrameException {
        Buffer bytes = unread;
        if (bytes == null || bytes.length() - at < FrameCodec.LENGTH_BYTES) {
            return null;
        }
        long length = bytes.getUnsignedInt(at);
        if (length == 0 || length > mostBytes) {
            throw new FrameException("a frame of " + length + " bytes, at most " + mostBytes + " are allowed");
        }
        int from = at + FrameCodec.LENGTH_BYTES;
        if (bytes.length() - from < length) {
            return null;
        }
        at = from + (int) length;
        if (at == bytes.length()) {
            unread = null;
        }
        return FrameCodec.decode(new FrameCursor(bytes, from, from + (int) length, peers));
    }
}
