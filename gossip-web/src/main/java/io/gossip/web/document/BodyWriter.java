/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.gossip.web.pace.Turns;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes one body chunk by chunk: the next one only when the reader has room for it, and a little per turn of the event
 * loop, because a fast reader has room for megabytes. What waits is the document shared by all, never a copy.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class BodyWriter implements Turns.Step {
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Chunks body;
    private final LongSupplier nanoTime;
    private final Consumer<BodyWriter> whenThereIsRoom;
    private final Consumer<BodyWriter> whenDone;
    private final long startNanos;
    private Iterator<Buffer> rest;
    private long progressNanos;
    private boolean finished;

    /**
     * Nothing written yet.
     *
     * @param request whose response has its headers
     * @param body what to write
     * @param nanoTime the time
     * @param whenThereIsRoom is told when a step makes sense again
     * @param whenDone is told when all was handed over
     */
    BodyWriter(
            HttpServerRequest request,
            Chunks body,
            LongSupplier nanoTime,
            Consumer<BodyWriter> whenThereIsRoom,
            Consumer<BodyWriter> whenDone) {
        this.request = request;
        this.response = request.response();
        this.body = body;
        this.nanoTime = nanoTime;
        this.whenThereIsRoom = whenThereIsRoom;
        this.whenDone = whenDone;
        startNanos = nanoTime.getAsLong();
        progressNanos = startNanos;
        rest = body.buffers().iterator();
    }

    Chunks body() {
        return body;
    }

    /** Whether there is nothing more to do: all was handed over, or the reader is gone. */
    boolean isFinished() {
        return finished || response.closed();
    }

    long startNanos() {
        return startNanos;
    }

    /** When the reader had room for a chunk last. */
    long progressNanos() {
        return progressNanos;
    }

    /** Writes one chunk; returns whether there is more to do at once. */
    @Override
    public boolean step() {
        if (isFinished()) {
            return false;
        }
        if (!rest.hasNext()) {
            finish();
            response.end();
            whenDone.accept(this);
            return false;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> whenThereIsRoom.accept(this));
            return false;
        }
        response.write(rest.next());
        progressNanos = nanoTime.getAsLong();
        return true;
    }

    /**
     * Lets go of the body at once and ends the connection in the middle of it: when the reader has taken the little that is
     * written, or when the connection was idle for too long.
     */
    void cut() {
        if (!isFinished()) {
            finish();
            Future<Void> unused = request.connection().close();
        }
    }

    private void finish() {
        finished = true;
        rest = Collections.emptyIterator();
        response.drainHandler(null);
    }
}
