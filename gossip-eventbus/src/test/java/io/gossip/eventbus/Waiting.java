/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Waits from a test's thread, never longer than {@value #SECONDS} s. */
final class Waiting {
    static final int SECONDS = 60;

    private Waiting() {}

    static <T> T result(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("did not succeed: " + e, e);
        }
    }

    static Throwable failure(Future<?> future) {
        try {
            Object result = future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
            throw new AssertionError("did not fail, but gave " + result);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("did not complete: " + e, e);
        }
    }

    /** Waits for a picture. */
    static ClusterPicture until(ClusterView view, Predicate<ClusterPicture> condition) {
        return result(view.await(condition, Duration.ofSeconds(SECONDS - 1)));
    }
}
