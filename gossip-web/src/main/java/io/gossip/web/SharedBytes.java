/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.buffer.Buffer;
import java.util.IdentityHashMap;

/**
 * Counts the memory that bodies take together: documents of neighbouring states share the chunks of what did not change.
 *
 * <p><b>Threads:</b> confined.
 */
final class SharedBytes {
    private final IdentityHashMap<Buffer, Integer> users = new IdentityHashMap<>();
    private long total;

    void add(Chunks body) {
        for (Buffer chunk : body.buffers()) {
            if (users.merge(chunk, 1, Integer::sum) == 1) {
                total += chunk.length();
            }
        }
    }

    /** Takes back what was added once. */
    void remove(Chunks body) {
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
