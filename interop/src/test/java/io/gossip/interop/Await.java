/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what must become true, looking again and again up to a bound. */
final class Await {
    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Await() {}

    /** Something that fails as long as it does not hold. */
    interface Claim {
        void check() throws Exception;
    }

    /** Waits until the claim holds; fails with its last failure after 90 s. */
    static void until(Claim claim) {
        until(BOUND, claim);
    }

    static void until(Duration bound, Claim claim) {
        long start = System.nanoTime();
        Throwable failure = failureOf(claim);
        while (failure != null) {
            if (System.nanoTime() - start > bound.toNanos()) {
                throw new AssertionError("not within " + bound + ": " + failure.getMessage(), failure);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            failure = failureOf(claim);
        }
    }

    private static @Nullable Throwable failureOf(Claim claim) {
        try {
            claim.check();
            return null;
        } catch (AssertionError | Exception failure) {
            return failure;
        }
    }
}
