/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

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
import org.jspecify.annotations.Nullable;

/**
 * Hands records to a store, one batch at a time: whatever is written while the disk is busy makes the next batch, so that
 * all who wait share one flush. Confined, except {@link #health}; the store is only touched by worker threads.
 */
final class StoreWriter {
    /** How long to wait for a store, for {@code batchMillis} to call it failing, for {@code closeMillis} at the end. */
    record Patience(long batchMillis, long closeMillis) {
        static final Patience USUAL = new Patience(10_000, 5_000);
    }

    private final NodeContext context;
    private final MemberStore store;
    private final Logger logger;
    private final Patience patience;
    private final WaitingRecords waiting = new WaitingRecords();
    private Promise<Void> stored = Promise.promise();
    private @Nullable Future<Void> underWay;
    private volatile @Nullable Long overdueSinceNanos;
    private volatile StoreHealth health = new StoreHealth(StoreHealth.State.STORING, 0, Optional.empty());

    StoreWriter(NodeContext context, MemberStore store, Logger logger, Patience patience) {
        this.context = context;
        this.store = store;
        this.logger = logger;
        this.patience = patience;
    }

    StoreHealth health() {
        StoreHealth answered = health;
        Long since = overdueSinceNanos;
        if (since == null || answered.state() == StoreHealth.State.CLOSED) {
            return answered;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
        return new StoreHealth(
                StoreHealth.State.FAILING,
                answered.failures(),
                Optional.of("the store has not answered for " + seconds + " s"));
    }

    private boolean isFailing() {
        return health.state() == StoreHealth.State.FAILING;
    }

    void add(MemberRecord record) {
        waiting.add(record);
    }

    /** Completes when everything added so far is durable; fails if it is not. */
    Future<Void> durable() {
        if (underWay != null) {
            return waiting.isEmpty() ? underWay : stored.future();
        }
        return waiting.isEmpty() && !isFailing() ? Future.succeededFuture() : writeBatch();
    }

    /**
     * Stores what is left and gives the store up, whatever comes of it. Does not wait for ever for a store that hangs: that
     * one is given up when it answers.
     */
    Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        long timer = context.setTimer(patience.closeMillis(), () -> abandon(closed));
        durable().transform(last -> release()).onComplete(released -> {
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

    /** Gives the store up. */
    Future<Void> release() {
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
            context.cancelTimer(watch);
            note(result.succeeded() ? null : result.cause());
            // First, for a quick worker may have the next batch done within the call, and acknowledgements keep order.
            settle(done, result.cause());
            if (underWay == null && !waiting.isEmpty()) {
                writeBatch();
            }
        });
        return done.future();
    }

    private void overdue(long sinceNanos) {
        logger.log(
                Level.ERROR,
                "the store does not answer, a restart would lose changes from now on; going on without it");
        overdueSinceNanos = sinceNanos;
    }

    private static void settle(Promise<Void> done, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete();
        } else {
            done.fail(new NotStoredException(
                    "the change is in effect, but not stored: " + Failures.oneLine(failure), failure));
        }
    }

    private void note(@Nullable Throwable failure) {
        boolean overdue = overdueSinceNanos != null;
        overdueSinceNanos = null;
        if (failure == null) {
            if (isFailing() || overdue) {
                logger.log(Level.INFO, "the store works again, everything is stored");
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
        boolean closed = health.state() == StoreHealth.State.CLOSED;
        health = new StoreHealth(
                closed ? StoreHealth.State.CLOSED : StoreHealth.State.FAILING,
                health.failures() + 1,
                Optional.of(reason));
    }
}
