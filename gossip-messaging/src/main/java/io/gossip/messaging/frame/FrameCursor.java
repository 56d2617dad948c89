/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a frame from its first byte to its last, and never past it. */
final class FrameCursor {
    private final Buffer bytes;
    private final int end;
    private final KnownPeers peers;
    private int at;

    /** At the first byte of a frame that lies in a buffer from one place up to another, exclusive. */
    FrameCursor(Buffer bytes, int from, int end, KnownPeers peers) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.peers = peers;
    }

    int readByte() throws FrameException {
        return bytes.getUnsignedByte(advance(1));
    }

    int readUnsignedShort() throws FrameException {
        return bytes.getUnsignedShort(advance(Short.BYTES));
    }

    int readInt() throws FrameException {
        return bytes.getInt(advance(Integer.BYTES));
    }

    long readLong() throws FrameException {
        return bytes.getLong(advance(Long.BYTES));
    }

    String readText(int mostBytes) throws FrameException {
        int length = readLength(mostBytes);
        int from = advance(length);
        return text(bytes.getBytes(from, from + length));
    }

    PeerId readPeer() throws FrameException {
        int length = readLength(FrameCodec.MAX_NODE_ID_BYTES);
        int from = advance(length);
        long generation = readLong();
        long run = readLong();
        PeerId known = peers.find(bytes, from, length, generation, run);
        if (known != null) {
            return known;
        }
        byte[] nodeId = bytes.getBytes(from, from + length);
        PeerId peer = new PeerId(text(nodeId), generation, run);
        peers.remember(nodeId, peer);
        return peer;
    }

    // A short piece of a large buffer is copied: who keeps it must not keep everything.
    Buffer readRest() {
        int from = at;
        at = end;
        return 2 * (end - from) >= bytes.length() ? bytes.slice(from, end) : bytes.getBuffer(from, end);
    }

    void expect(int count) throws FrameException {
        if (end - at < count) {
            throw new FrameException("the frame ends too early");
        }
    }

    void expectEnd() throws FrameException {
        if (at != end) {
            throw new FrameException((end - at) + " bytes too many in the frame");
        }
    }

    private int readLength(int mostBytes) throws FrameException {
        int length = readUnsignedShort();
        if (length > mostBytes) {
            throw new FrameException("a text of " + length + " bytes, at most " + mostBytes + " are allowed");
        }
        return length;
    }

    private static String text(byte[] utf8) throws FrameException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new FrameException("a text that is not UTF-8");
        }
    }

    private int advance(int count) throws FrameException {
        expect(count);
        int from = at;
        at += count;
        return from;
    }
}
