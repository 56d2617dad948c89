/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.vertx.core.buffer.Buffer;
import java.util.IdentityHashMap;

/**
 * Counts the memory that bodies take together: documents of neighbouring states share the chunks of what did not change.
 * Only the first and the last reader of a body cost a look at its chunks.
 *
 * <p><b>Threads:</b> confined.
 */
final class SharedBytes {
    private final IdentityHashMap<Chunks, Integer> readers = new IdentityHashMap<>();
    private final IdentityHashMap<Buffer, Integer> users = new IdentityHashMap<>();
    private long total;

    void add(Chunks body) {
        if (readers.merge(body, 1, Integer::sum) > 1) {
            return;
        }
        for (Buffer chunk : body.buffers()) {
            if (users.merge(chunk, 1, Integer::sum) == 1) {
                total += chunk.length();
            }
        }
    }

    /** Takes back what was added once. */
    void remove(Chunks body) {
        if (readers.merge(body, -1, Integer::sum) > 0) {
            return;
        }
        readers.remove(body);
        for (Buffer chunk : body.buffers()) {
            if (users.merge(chunk, -1, Integer::sum) == 0) {
                users.remove(chunk);
                total -= chunk.length();
            }
        }
    }

    long total() {
        return total;
    }
}
