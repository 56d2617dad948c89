/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects bytes into chunks small enough to be written one at a time. A large chunk that exists already is taken over
 * by reference, so that a body made of big fragments costs no copy of them.
 *
 * <p><b>Threads:</b> confined.
 */
public final class ChunkedBytes extends OutputStream {
    // What the sockets of all readers may have waiting at once is written in one turn of the loop: little for each.
    public static final int CHUNK = 16 * 1024;
    private static final int SMALL = 4 * 1024; // below this a copy is cheaper than a chunk of its own
    private static final int FIRST = 256;

    private final List<Buffer> chunks = new ArrayList<>();
    private byte[] current = new byte[FIRST];
    private int used;

    @Override
    public void write(int value) {
        if (used == current.length) {
            makeRoom();
        }
        current[used++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            if (used == current.length) {
                makeRoom();
            }
            int part = Math.min(left, current.length - used);
            System.arraycopy(bytes, from, current, used, part);
            used += part;
            from += part;
            left -= part;
        }
    }

    public void append(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    public void append(Chunks other) {
        for (Buffer chunk : other.buffers()) {
            if (chunk.length() < SMALL) {
                append(chunk.getBytes());
            } else {
                cut();
                chunks.add(chunk);
            }
        }
    }

    /** What was collected; nothing may be written afterwards. */
    public Chunks finish() {
        cut();
        return new Chunks(chunks);
    }

    private void makeRoom() {
        if (current.length < CHUNK) {
            current = Arrays.copyOf(current, Math.min(CHUNK, 2 * current.length));
        } else {
            cut();
        }
    }

    private void cut() {
        if (used > 0) {
            chunks.add(Buffer.buffer(Arrays.copyOf(current, used)));
            used = 0;
        }
    }
}
