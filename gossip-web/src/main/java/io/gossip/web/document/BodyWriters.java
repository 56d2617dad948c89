/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.gossip.web.pace.Turns;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * All large bodies that are being written. A reader keeps the document that it reads in memory, however old it grows; so a
 * reader must take something every {@value #STANDSTILL_SECONDS} s, and must be done after {@value #WHOLE_SECONDS} s and a
 * second more for each {@value #SLOWEST_BYTES} bytes. If all documents together take more than a bound even so, those are
 * cut that have taken nothing for longest. Who reads at a decent pace never notices.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class BodyWriters {
    private static final System.Logger LOGGER = System.getLogger(BodyWriters.class.getName());
    public static final long CHECK_MILLIS = 5_000;
    static final int STANDSTILL_SECONDS = 30;
    static final int WHOLE_SECONDS = 60;
    static final int SLOWEST_BYTES = 64 * 1024;
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int HEAP_SHARE = 8;

    private final long mostBytes;
    private final LongSupplier nanoTime;
    private final Turns turns;
    private final Set<BodyWriter> unfinished = new LinkedHashSet<>();
    private final SharedBytes bytes = new SharedBytes();
    private int cutSinceTold;
    private long cut;
    private long toldNanos;

    /**
     * Nothing to write yet.
     *
     * @param mostBytes that all documents may take together; one is always let be
     * @param nanoTime the time
     * @param turns when to write
     */
    BodyWriters(long mostBytes, LongSupplier nanoTime, Turns turns) {
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
        this.turns = turns;
        toldNanos = nanoTime.getAsLong() - TELL_NANOS;
    }

    /** Those of one server; its documents may take an eighth of the heap. */
    public static BodyWriters on(Turns turns) {
        return new BodyWriters(Runtime.getRuntime().maxMemory() / HEAP_SHARE, System::nanoTime, turns);
    }

    /** Writes a body and ends the response to a request, which has its headers. */
    void write(HttpServerRequest request, Chunks body) {
        request.response().setWriteQueueMaxSize(ChunkedBytes.CHUNK);
        BodyWriter writer = new BodyWriter(request, body, nanoTime, turns::take, this::done);
        unfinished.add(writer);
        bytes.add(body);
        makeRoom(writer);
        turns.take(writer);
    }

    /** Cuts who is too slow; to be called every now and then. */
    public void check() {
        forget(BodyWriter::isFinished);
        long now = nanoTime.getAsLong();
        unfinished.stream().filter(writer -> isTooSlow(writer, now)).forEach(this::cut);
        forget(BodyWriter::isFinished);
        tell(now);
    }

    /** How many readers were cut so far. */
    long cut() {
        return cut;
    }

    /** How many bodies are being written, as far as is known. */
    int size() {
        return unfinished.size();
    }

    private static boolean isTooSlow(BodyWriter writer, long now) {
        long wholeSeconds = WHOLE_SECONDS + writer.body().length() / SLOWEST_BYTES;
        return now - writer.progressNanos() > TimeUnit.SECONDS.toNanos(STANDSTILL_SECONDS)
                || now - writer.startNanos() > TimeUnit.SECONDS.toNanos(wholeSeconds);
    }

    @SuppressWarnings("ReferenceEquality") // one object per document
    private void makeRoom(BodyWriter newest) {
        if (bytes.total() > mostBytes) {
            forget(BodyWriter::isFinished);
        }
        if (bytes.total() <= mostBytes) {
            return;
        }
        Iterator<BodyWriter> slowestFirst = unfinished.stream()
                .filter(writer -> writer.body() != newest.body())
                .sorted(Comparator.comparingLong(writer -> writer.progressNanos() - newest.startNanos()))
                .toList()
                .iterator();
        while (bytes.total() > mostBytes && slowestFirst.hasNext()) {
            BodyWriter slowest = slowestFirst.next();
            cut(slowest);
            done(slowest);
        }
    }

    private void cut(BodyWriter writer) {
        cut++;
        cutSinceTold++;
        writer.cut();
    }

    private void forget(Predicate<BodyWriter> which) {
        unfinished.removeIf(writer -> {
            boolean over = which.test(writer);
            if (over) {
                bytes.remove(writer.body());
            }
            return over;
        });
    }

    private void done(BodyWriter writer) {
        if (unfinished.remove(writer)) {
            bytes.remove(writer.body());
        }
    }

    // Who is slow in the thousands must not flood the log as well.
    private void tell(long now) {
        if (cutSinceTold > 0 && now - toldNanos >= TELL_NANOS) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "closed " + cutSinceTold + " HTTP connections whose readers took large answers too slowly");
            cutSinceTold = 0;
            toldNanos = now;
        }
    }
}
