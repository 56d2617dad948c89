/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node the same question for many, only when somebody wants to know: who comes while it is being asked waits for
 * that answer, who comes soon after gets the same. So it does not matter to the node how many poll. A failure is not kept.
 *
 * <p><b>Threads:</b> confined to one context.
 *
 * @param <T> the answer
 */
public final class RecentAnswer<T> {
    /** Longer than this nobody waits for an answer that somebody else asked for: it may be lost. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<Future<T>> question;
    private long keptNanos;
    private final LongSupplier nanoTime;
    private @Nullable Future<T> latest;
    private long askedNanos;

    /**
     * Nothing asked yet.
     *
     * @param question asks the node
     * @param kept how long an answer is given again, from when it was asked for
     * @param nanoTime the time
     */
    public RecentAnswer(Supplier<Future<T>> question, Duration kept, LongSupplier nanoTime) {
        this.question = question;
        this.keptNanos = kept.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Gives answers again for another time from now on, those that it has as well. */
    public void keep(Duration kept) {
        keptNanos = kept.toNanos();
    }

    /** An answer to a question asked no longer ago than answers are kept, or one that is on its way. */
    public Future<T> get() {
        Future<T> known = latest;
        long now = nanoTime.getAsLong();
        if (known != null && isOfUse(known, now - askedNanos)) {
            return known;
        }
        askedNanos = now;
        Future<T> asked = question.get();
        latest = asked;
        return asked;
    }

    private boolean isOfUse(Future<T> known, long ageNanos) {
        return known.isComplete() ? known.succeeded() && ageNanos < keptNanos : ageNanos < PATIENCE_NANOS;
    }
}
