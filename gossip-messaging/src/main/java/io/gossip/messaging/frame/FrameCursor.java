/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a frame from its first byte to its last, and never past it. */
final class FrameCursor {
    private final Buffer bytes;
    private int at;

    FrameCursor(Buffer bytes) {
        this.bytes = bytes;
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
        int length = readUnsignedShort();
        if (length > mostBytes) {
            throw new FrameException("a text of " + length + " bytes, at most " + mostBytes + " are allowed");
        }
        int from = advance(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(from, from + length)))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new FrameException("a text that is not UTF-8");
        }
    }

    Buffer readRest() {
        Buffer rest = bytes.slice(at, bytes.length());
        at = bytes.length();
        return rest;
    }

    void expect(int count) throws FrameException {
        if (bytes.length() - at < count) {
            throw new FrameException("the frame ends too early");
        }
    }

    void expectEnd() throws FrameException {
        if (at != bytes.length()) {
            throw new FrameException((bytes.length() - at) + " bytes too many in the frame");
        }
    }

    private int advance(int count) throws FrameException {
        expect(count);
        int from = at;
        at += count;
        return from;
    }
}
