/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import io.gossip.web.document.Chunks;
import io.gossip.web.pace.Turns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One reader of events: a place in the log, and the rest of the event that is being written. What waits for a slow reader
 * is the log that all share, and at most one event more; once the log has dropped what it should read next, it is cut.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class EventStream implements Turns.Step {
    private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");
    static final String TOO_SLOW = "the reader is too slow, events are no longer there";

    private final HttpServerResponse response;
    private final EventLog log;
    private final Turns turns;
    private final LongConsumer frameWanted;
    private final Consumer<EventStream> whenEnded;
    private final Turns.Step heartbeat = this::beat;
    private Iterator<Buffer> rest = Collections.emptyIterator();
    private long next; // sequence of the event to be written next
    private @Nullable String resetReason;
    private @Nullable String endReason;
    private boolean ended;

    /**
     * A stream that continues behind a sequence.
     *
     * @param response its head was written
     * @param log what to write
     * @param after sequence of the last event that the reader knows
     * @param turns when to write
     * @param frameWanted is told from which sequence on bytes are missing
     * @param whenEnded is told when the stream has ended by itself
     */
    EventStream(
            HttpServerResponse response,
            EventLog log,
            long after,
            Turns turns,
            LongConsumer frameWanted,
            Consumer<EventStream> whenEnded) {
        this.response = response;
        this.log = log;
        this.next = after + 1;
        this.turns = turns;
        this.frameWanted = frameWanted;
        this.whenEnded = whenEnded;
    }

    /** Tells the reader that events may be missing, and goes on behind the latest. */
    void reset(String reason) {
        resetReason = reason;
        next = log.lastSequence() + 1;
    }

    /** Has the next step be the last, whatever the reader has not got yet. */
    void endNext(String reason) {
        endReason = reason;
    }

    /** Ends the stream with an event that says why, unless the reader is in the middle of another that it will not get whole. */
    private void end(String reason) {
        boolean whole = !rest.hasNext();
        ended = true;
        response.drainHandler(null);
        if (whole) {
            EventText.end(reason).buffers().forEach(response::write);
        }
        response.end();
        whenEnded.accept(this);
    }

    /** Writes a part of what there is, if the reader has room; returns whether there is more to do at once. */
    @Override
    public boolean step() {
        if (ended) {
            return false;
        }
        if (endReason != null) {
            end(endReason);
            return false;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> turns.take(this));
            return false;
        }
        if (rest.hasNext()) {
            response.write(rest.next());
            return true;
        }
        return hasNext();
    }

    /** Keeps the connection alive; another step than writing the next event. */
    Turns.Step heartbeat() {
        return heartbeat;
    }

    private boolean beat() {
        if (!ended && !rest.hasNext() && !response.writeQueueFull()) {
            response.write(HEARTBEAT);
        }
        return false;
    }

    /** The reader is gone. */
    void forget() {
        ended = true;
        rest = Collections.emptyIterator();
    }

    private boolean hasNext() {
        if (resetReason == null && !log.holdsAllAfter(next - 1)) {
            end(TOO_SLOW);
            return false;
        }
        if (resetReason != null) {
            rest = EventText.reset(log.generation(), next - 1, resetReason)
                    .buffers()
                    .iterator();
            resetReason = null;
            return true;
        }
        return startEvent();
    }

    private boolean startEvent() {
        EventLog.Entry entry = log.at(next);
        if (entry == null) {
            return false; // all is written
        }
        Chunks frame = entry.frame();
        if (frame == null) {
            frameWanted.accept(next);
            return false;
        }
        rest = frame.buffers().iterator();
        next++;
        return true;
    }
}
