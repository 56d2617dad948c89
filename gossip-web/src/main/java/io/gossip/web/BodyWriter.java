/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;

/**
 * Writes one body chunk by chunk: the next one only when the reader has room for it, and a little per turn of the event
 * loop, because a fast reader has room for megabytes. What waits is the document shared by all, never a copy.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class BodyWriter {
    private final HttpServerResponse response;
    private final Iterator<Buffer> chunks;
    private final Turns<BodyWriter> turns;

    private BodyWriter(HttpServerResponse response, Iterator<Buffer> chunks, Turns<BodyWriter> turns) {
        this.response = response;
        this.chunks = chunks;
        this.turns = turns;
    }

    /** Writes all chunks and ends the response. */
    static void write(HttpServerResponse response, Iterator<Buffer> chunks, Turns<BodyWriter> turns) {
        turns.take(List.of(new BodyWriter(response, chunks, turns)));
    }

    /** Writes one chunk; returns whether there is more to do at once. */
    boolean step() {
        if (response.closed()) {
            return false;
        }
        if (!chunks.hasNext()) {
            response.drainHandler(null);
            response.end();
            return false;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> turns.take(List.of(this)));
            return false;
        }
        response.write(chunks.next());
        return true;
    }
}
