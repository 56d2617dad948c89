/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.gossip.transport.store.MemberStore;
import io.gossip.transport.store.NotStoredException;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to a store, one batch at a time: whatever is written while the disk is busy makes the next batch, so that
 * all who wait share one flush. Confined, except {@link #health}; the store is only touched by worker threads.
 */
final class StoreWriter {
    /**
     * What a store that does not answer may cost: how long to wait for it at the start, until it is called failing, and at
     * the end; and how many bytes may wait for it.
     */
    record Patience(long startMillis, long batchMillis, long closeMillis, long waitingBytes) {
        static Patience usual(long heapBytes) {
            return new Patience(30_000, 10_000, 5_000, HeapShare.waitingBytes(heapBytes));
        }
    }

    private static final String NOT_STORED = "the change is in effect, but not stored: ";

    /** What a caller who waits takes, about: a future, what it was made of, and what listens to it. */
    private static final int WAITER_BYTES = 512;

    private static final int MOMENTARILY = 4;

    private final NodeContext context;
    private final MemberStore store;
    private final Logger logger;
    private final Patience patience;
    private final WaitingRecords waiting;
    private Supplier<List<MemberMemory.Key>> allKeys = List::of;
    private Promise<Void> stored = Promise.promise();
    private @Nullable Future<Void> underWay;
    private boolean beginning;
    private long bytesUnderWay;
    private long waitersUnderWay;
    private long waitersBehind;
    private boolean refusing;
    private long refusedSoFar;
    private volatile @Nullable Long overdueSinceNanos;
    private volatile long waitingBytes;
    private volatile long refusedWrites;
    private volatile StoreHealth health = new StoreHealth(StoreHealth.State.STORING, 0, Optional.empty());

    StoreWriter(NodeContext context, MemberStore store, Logger logger, Patience patience) {
        this.context = context;
        this.store = store;
        this.logger = logger;
        this.patience = patience;
        this.waiting = new WaitingRecords(patience.waitingBytes(), () -> allKeys.get());
    }

    /** Says where to find all keys as they are, for the case that too many of their changes wait. */
    void keys(Supplier<List<MemberMemory.Key>> source) {
        allKeys = source;
    }

    /** Opens the store; fails if that takes too long, and has it closed should it answer later. */
    Future<MemberMemory> open() {
        Future<MemberMemory> opening = context.callBlocking(store::open);
        return inTime(opening, () -> opening.onSuccess(late -> release()));
    }

    /** Stores what is known at the start; fails if that takes too long. */
    Future<Void> begin() {
        beginning = true;
        return inTime(settled(), () -> {}).onComplete(begun -> beginning = false);
    }

    private <T extends @Nullable Object> Future<T> inTime(Future<T> answer, Runnable whenLate) {
        Promise<T> promise = Promise.promise();
        long timer = context.setTimer(patience.startMillis(), () -> {
            if (promise.tryFail(new StoreHangsException(store + " has not answered for "
                    + TimeUnit.MILLISECONDS.toSeconds(patience.startMillis())
                    + " s: the disk or the network file system under it hangs. Mend or mount it anew, or start without"
                    + " a data directory, which begins without the keys that are remembered there"))) {
                whenLate.run();
            }
        });
        answer.onComplete(result -> {
            context.cancelTimer(timer);
            if (result.succeeded()) {
                promise.tryComplete(result.result());
            } else {
                promise.tryFail(result.cause());
            }
        });
        return promise.future();
    }

    StoreHealth health() {
        StoreHealth answered = health;
        Long since = overdueSinceNanos;
        if (since == null || answered.state() == StoreHealth.State.CLOSED) {
            return health(answered.state(), answered.failures(), answered.lastError());
        }
        return health(
                StoreHealth.State.FAILING,
                answered.failures(),
                Optional.of("the store has not answered for " + secondsSince(since) + " s"));
    }

    private StoreHealth health(StoreHealth.State state, long failures, Optional<String> lastError) {
        return new StoreHealth(state, failures, lastError, waitingBytes, refusedWrites);
    }

    private static long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }

    private boolean isFailing() {
        return health.state() == StoreHealth.State.FAILING;
    }

    private boolean isClosed() {
        return health.state() == StoreHealth.State.CLOSED;
    }

    void add(MemberRecord record) {
        waiting.add(record);
        measure();
    }

    /**
     * Completes when everything added so far is durable; fails if it is not, and at once if too much waits already. What
     * was added is stored all the same, as soon as the store answers.
     */
    Future<Void> durable() {
        return underWay != null && isFull() ? refused() : settled();
    }

    /** Has everything added so far stored, now or later; for those who need not know. */
    void storeSoon() {
        if (underWay == null) {
            settled();
        }
    }

    private Future<Void> settled() {
        Future<Void> current = underWay;
        if (current == null) {
            return waiting.isEmpty() && !isFailing() ? Future.succeededFuture() : writeBatch();
        }
        boolean behind = !waiting.isEmpty();
        if (behind) {
            waitersBehind++;
        } else {
            waitersUnderWay++;
        }
        measure();
        return behind ? stored.future() : current;
    }

    // A store that works may fall behind for a moment, when very much is written at once.
    private boolean isFull() {
        return overdueSinceNanos == null ? bytesBehind() >= MOMENTARILY * patience.waitingBytes() : isBehind();
    }

    private boolean isBehind() {
        return bytesBehind() >= patience.waitingBytes() || waiting.isOverflowing();
    }

    private Future<Void> refused() {
        String reason =
                "the store does not keep up, as much waits for it as may (" + patience.waitingBytes() + " bytes)";
        if (!refusing) {
            refusing = true;
            logger.log(
                    Level.ERROR,
                    reason + "; further writes fail until it does. They are in effect, and are stored then");
        }
        refusedSoFar++;
        refusedWrites = refusedSoFar;
        return Future.failedFuture(new NotStoredException(NOT_STORED + reason, null));
    }

    private void measure() {
        waitingBytes = bytesUnderWay + bytesBehind();
    }

    // A batch that is under way is no reason to refuse more: it was within the limit, or is what the node has anyway.
    private long bytesBehind() {
        return waiting.bytes() + (waitersUnderWay + waitersBehind) * WAITER_BYTES;
    }

    /**
     * Stores what is left and gives the store up, whatever comes of it. Does not wait for ever for a store that hangs: that
     * one is given up when it answers.
     */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        long timer = context.setTimer(patience.closeMillis(), () -> abandon(closed));
        settled().transform(last -> release()).onComplete(released -> {
            context.cancelTimer(timer);
            closed.tryComplete();
        });
        return closed.future();
    }

    private void abandon(Promise<Void> closed) {
        logger.log(
                Level.ERROR,
                "the store does not answer, stopping without it; what may be lost is the batch under way and "
                        + waiting.size() + " records behind it. The store stays in use until it answers");
        health = closedNow();
        closed.tryComplete();
    }

    /** Gives the store up when it has answered what it was asked. */
    Future<Void> giveUp() {
        health = closedNow();
        Future<Void> asked = underWay;
        return (asked == null ? Future.<Void>succeededFuture() : asked).transform(answered -> release());
    }

    private Future<Void> release() {
        health = closedNow();
        return context.<Void>callBlocking(() -> {
                    store.close();
                    return null;
                })
                .otherwiseEmpty();
    }

    private StoreHealth closedNow() {
        StoreHealth last = health();
        return new StoreHealth(StoreHealth.State.CLOSED, last.failures(), last.lastError());
    }

    private Future<Void> writeBatch() {
        List<MemberRecord> batch = waiting.take();
        bytesUnderWay = waiting.takenBytes();
        measure();
        Promise<Void> done = stored;
        stored = Promise.promise();
        underWay = done.future();
        long startNanos = System.nanoTime();
        long watch = context.setTimer(patience.batchMillis(), () -> overdue(startNanos));
        Future<Void> append = context.callBlocking(() -> {
            store.append(batch);
            return null;
        });
        append.onComplete(result -> {
            underWay = null;
            bytesUnderWay = 0;
            waitersUnderWay = waitersBehind; // the next batch is theirs
            waitersBehind = 0;
            measure();
            context.cancelTimer(watch);
            note(result.succeeded() ? null : result.cause());
            refusing &= result.failed() || isBehind();
            // First, for a quick worker may have the next batch done within the call, and acknowledgements keep order.
            settle(done, result.cause());
            if (underWay == null && !waiting.isEmpty()) {
                writeBatch();
            }
        });
        return done.future();
    }

    private void overdue(long sinceNanos) {
        overdueSinceNanos = sinceNanos;
        if (isClosed()) {
            return; // who closes has said so
        }
        logger.log(
                Level.ERROR,
                beginning
                        ? "the store does not answer, waiting for it before the member starts"
                        : "the store does not answer, a restart would lose changes from now on; going on without it");
    }

    private static void settle(Promise<Void> done, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete();
        } else {
            done.fail(new NotStoredException(NOT_STORED + Failures.oneLine(failure), failure));
        }
    }

    private void note(@Nullable Throwable failure) {
        boolean overdue = overdueSinceNanos != null;
        overdueSinceNanos = null;
        if (failure == null) {
            if (isFailing() || (overdue && !isClosed())) {
                logger.log(Level.INFO, "the store works again" + (waiting.isEmpty() ? ", everything is stored" : ""));
                health = new StoreHealth(StoreHealth.State.STORING, health.failures(), health.lastError());
            }
            return;
        }
        String reason = Failures.oneLine(failure);
        if (!isFailing()) {
            logger.log(
                    Level.ERROR,
                    "cannot store keys, a restart would lose changes from now on; will try again: " + reason);
        }
        health = new StoreHealth(
                isClosed() ? StoreHealth.State.CLOSED : StoreHealth.State.FAILING,
                health.failures() + 1,
                Optional.of(reason));
    }
}
