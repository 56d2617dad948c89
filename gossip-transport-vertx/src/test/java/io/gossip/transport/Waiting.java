/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for futures and conditions, never longer than a bound. */
final class Waiting {
    static final int BOUND_SECONDS = 120;

    private Waiting() {}

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("nothing within " + BOUND_SECONDS + " s", e);
        }
    }

    static Throwable failure(Future<?> future) {
        return get(future.transform(result -> Future.succeededFuture(
                result.failed() ? result.cause() : new AssertionError("succeeded with " + result.result()))));
    }

    static <T> Future<T> onContext(Vertx vertx, Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        vertx.runOnContext(ignored -> task.get().onComplete(promise));
        return promise.future();
    }

    /** Asks again every few milliseconds until the answer is yes. */
    static void until(Vertx vertx, Supplier<Future<Boolean>> condition) {
        Promise<Void> holds = Promise.promise();
        long timer = vertx.setPeriodic(
                1,
                5,
                id -> condition.get().onComplete(answer -> {
                    if (answer.failed()) {
                        holds.tryFail(answer.cause());
                    } else if (answer.result()) {
                        holds.tryComplete();
                    }
                }));
        try {
            get(holds.future());
        } finally {
            vertx.cancelTimer(timer);
        }
    }
}
