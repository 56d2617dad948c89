/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Conditions that someone waits for. Confined to the context of the view. */
final class Conditions {
    private static final Duration FOR_EVER = Duration.ofDays(36_500); // still fits milliseconds

    private final Vertx vertx;
    private final Supplier<ClusterPicture> current;
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean closed;

    Conditions(Vertx vertx, Supplier<ClusterPicture> current) {
        this.vertx = vertx;
        this.current = current;
    }

    /** The promise is settled on the context, maybe at once. */
    void await(Predicate<? super ClusterPicture> condition, Duration timeout, Promise<ClusterPicture> promise) {
        Waiter waiter = new Waiter(condition, promise);
        if (closed) {
            settle(waiter, Future.failedFuture(closedFailure()));
        } else {
            waiters.add(waiter);
            long millis = (timeout.compareTo(FOR_EVER) < 0 ? timeout : FOR_EVER).toMillis();
            waiter.timer = vertx.setTimer(Math.max(1, millis), timer -> giveUp(waiter, millis));
            check(waiter, current.get());
        }
    }

    void check(ClusterPicture picture) {
        // Who is settled may wait for something else at once.
        List.copyOf(waiters).forEach(waiter -> check(waiter, picture));
    }

    /** Nobody will be told of another picture. */
    void close() {
        closed = true;
        List.copyOf(waiters).forEach(waiter -> settle(waiter, Future.failedFuture(closedFailure())));
    }

    private void check(Waiter waiter, ClusterPicture picture) {
        try {
            if (!waiter.condition.test(picture)) {
                return;
            }
        } catch (RuntimeException | AssertionError | StackOverflowError failure) {
            settle(waiter, Future.failedFuture(failure));
            return;
        }
        settle(waiter, Future.succeededFuture(picture));
    }

    private void giveUp(Waiter waiter, long millis) {
        settle(
                waiter,
                Future.failedFuture(new TimeoutException("the condition did not hold within " + millis
                        + " ms; last seen: " + PictureText.brief(current.get()))));
    }

    private void settle(Waiter waiter, Future<ClusterPicture> result) {
        waiters.remove(waiter);
        vertx.cancelTimer(waiter.timer);
        result.onComplete(waiter.promise);
    }

    private static IllegalStateException closedFailure() {
        return new IllegalStateException("the view is closed");
    }

    private static final class Waiter {
        private final Predicate<? super ClusterPicture> condition;
        private final Promise<ClusterPicture> promise;
        private long timer = -1;

        private Waiter(Predicate<? super ClusterPicture> condition, Promise<ClusterPicture> promise) {
            this.condition = condition;
            this.promise = promise;
        }
    }
}
