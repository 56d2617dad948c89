/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterPublication;
import io.gossip.web.cluster.ClusterFollower;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Chunks;
import io.gossip.web.pace.Turns;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All readers of events, and the log they read from. The bytes of an event are made in a worker thread, once for all, and
 * only while somebody reads.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class EventStreams implements ClusterFollower {
    private static final System.Logger LOGGER = System.getLogger(EventStreams.class.getName());
    private static final int MAX_EVENTS_AT_ONCE = 256;

    private final Vertx vertx;
    private int limit;
    private final EventLog log;
    private final Set<EventStream> streams = new LinkedHashSet<>();
    private final Turns turns;
    private boolean making;
    private boolean closed;

    public EventStreams(Vertx vertx, Turns turns, int limit, long maxLogBytes) {
        this.vertx = vertx;
        this.turns = turns;
        this.limit = limit;
        log = new EventLog(maxLogBytes);
    }

    /** Refuses one stream more than there may be, with a problem 503. */
    void checkRoom() {
        if (closed) {
            throw new ProblemException(503, "the node is stopping");
        }
        if (streams.size() >= limit) {
            throw new ProblemException(503, "as many event streams are open as may be, " + limit);
        }
    }

    /**
     * Opens a stream on a response of which nothing was written yet.
     *
     * @param response has its headers
     * @param lastEventId of the last event that the reader knows; empty for none
     */
    void open(HttpServerResponse response, Optional<EventId> lastEventId) {
        boolean known = lastEventId.isEmpty() || isKnown(lastEventId.get());
        long after = known && lastEventId.isPresent() ? lastEventId.get().sequence() : log.lastSequence();
        EventStream stream = new EventStream(response, log, after, turns, this::makeFrames, streams::remove);
        streams.add(stream);
        response.setWriteQueueMaxSize(ChunkedBytes.CHUNK);
        response.exceptionHandler(broken -> remove(stream)).closeHandler(gone -> remove(stream));
        response.write(EventText.opening(log.generation(), after));
        if (!known) {
            stream.reset("Last-Event-ID names an event that is no longer known");
        }
        turns.take(stream);
    }

    /** Opens at most so many from now on; those beyond a lower limit stay open. */
    public void limit(int most) {
        limit = most;
    }

    /** How many streams are open. */
    public int size() {
        return streams.size();
    }

    /** Writes a comment to all, so that nobody takes the connection for dead. */
    public void keepAlive() {
        // All at once: a step may end its stream, so none may run while the streams are gone through.
        turns.take(streams.stream().map(EventStream::heartbeat).toList());
    }

    /** Ends all streams. */
    public void close(String reason) {
        closed = true;
        endAll(reason);
    }

    @Override
    public void started(ClusterPicture picture) {
        log.restart(picture.self().generation(), picture.sequence());
        streams.forEach(stream -> stream.reset("events may have been missed"));
        turns.take(streams);
    }

    @Override
    public void changed(ClusterPublication publication) {
        log.add(publication);
        if (!making) { // otherwise all are pumped when that is done
            turns.take(streams);
        }
    }

    @Override
    public void lost(String reason) {
        endAll(reason);
    }

    private boolean isKnown(EventId id) {
        return id.generation() == log.generation() && log.holdsAllAfter(id.sequence());
    }

    private void endAll(String reason) {
        List<EventStream> all = new ArrayList<>(streams);
        streams.clear();
        all.forEach(stream -> stream.endNext(reason));
        turns.take(all);
    }

    private void remove(EventStream stream) {
        stream.forget();
        streams.remove(stream);
    }

    private void makeFrames(long from) {
        if (making) {
            return;
        }
        List<EventLog.Entry> wanted = new ArrayList<>();
        List<ClusterPublication> publications = new ArrayList<>();
        for (long at = from; wanted.size() < MAX_EVENTS_AT_ONCE; at++) {
            EventLog.Entry entry = log.at(at);
            ClusterPublication publication = entry == null ? null : entry.publication();
            if (entry == null || publication == null) {
                break;
            }
            wanted.add(entry);
            publications.add(publication);
        }
        making = true;
        long generation = log.generation();
        vertx.executeBlocking(
                        () -> publications.stream()
                                .map(publication -> EventText.of(generation, publication))
                                .toList(),
                        false)
                .onComplete(frames -> adopt(wanted, frames), this::cannotMake);
    }

    private void adopt(List<EventLog.Entry> entries, List<Chunks> frames) {
        making = false;
        for (int i = 0; i < entries.size(); i++) {
            log.setFrame(entries.get(i), frames.get(i));
        }
        turns.take(streams);
    }

    private void cannotMake(Throwable failure) {
        making = false;
        LOGGER.log(System.Logger.Level.ERROR, "cannot write an event", failure);
        endAll("an event could not be written, see the log of the node");
    }
}
