/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.pace;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Does what many want on one event loop, a little at a time, so that the loop gets to other work in between: readers who all
 * come at once, hear of the same change, or wait for the same answer. All kinds of work share one allowance, which is given
 * anew by a timer; a loop that is not busy gets to its timers so soon that nobody ever waits.
 *
 * <p>A task handed to the loop again would not do: it would run before timers and sockets get their turn.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class Turns {
    private static final System.Logger LOGGER = System.getLogger(Turns.class.getName());
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1); // what fails for one may fail for all
    private static final long ALLOWED_NANOS = 1_500_000; // above the period of the timer, so that it lasts a whole one

    private final Consumer<Runnable> later;
    private final LongSupplier nanoTime;
    private final Set<Step> waiting = new LinkedHashSet<>(); // each once, however often it asks
    private boolean running;
    private boolean timed;
    private long spentNanos;
    private boolean told;
    private long toldNanos;

    /** A small piece of work, told from others by {@code equals}. */
    public interface Step {
        /** Does a little; returns whether there is more to do at once. */
        boolean step();
    }

    /**
     * Nobody waits yet.
     *
     * @param later runs something on this context about a millisecond later, after other work
     * @param nanoTime the time
     */
    public Turns(Consumer<Runnable> later, LongSupplier nanoTime) {
        this.later = later;
        this.nanoTime = nanoTime;
    }

    /** Those of the context that this is called on. */
    public static Turns on(Vertx vertx) {
        return new Turns(next -> vertx.setTimer(1, timer -> next.run()), System::nanoTime);
    }

    /** Has one step done, at once if nobody waits and the allowance is not used up. */
    public void take(Step one) {
        waiting.add(one);
        goOn();
    }

    /** Has the steps of many done. */
    public void take(Iterable<? extends Step> all) {
        all.forEach(waiting::add);
        goOn();
    }

    /** Whether a step taken now would be done at once. */
    boolean areFree() {
        return waiting.isEmpty() && !running && spentNanos < ALLOWED_NANOS;
    }

    /** Tells one of many who wait for the same what came of it; in a turn, unless it is known already. */
    public <T> void tell(Future<T> awaited, Consumer<? super T> success, Consumer<? super Throwable> failure) {
        if (awaited.isComplete()) {
            awaited.onComplete(success::accept, failure::accept);
        } else {
            awaited.onComplete(
                    result -> take(once(() -> success.accept(result))),
                    cause -> take(once(() -> failure.accept(cause))));
        }
    }

    private static Step once(Runnable action) {
        return () -> {
            action.run();
            return false;
        };
    }

    private void goOn() {
        if (running || waiting.isEmpty()) {
            return;
        }
        running = true;
        long start = nanoTime.getAsLong();
        long allowed = ALLOWED_NANOS - spentNanos;
        long spent = 0;
        try {
            while (spent < allowed && !waiting.isEmpty()) {
                Step one = first();
                if (wantsMore(one)) {
                    waiting.add(one);
                }
                spent = nanoTime.getAsLong() - start;
            }
        } finally { // whatever happens, there is a next turn
            spentNanos += spent;
            running = false;
            time();
        }
    }

    private void time() {
        if (!timed) {
            timed = true;
            later.accept(this::renew);
        }
    }

    private void renew() {
        timed = false;
        spentNanos = 0;
        goOn();
    }

    private Step first() {
        Iterator<Step> longestWaiting = waiting.iterator();
        Step one = longestWaiting.next();
        longestWaiting.remove();
        return one;
    }

    // One that fails, with an error or not, is left out from now on; all the others must get their turns.
    private boolean wantsMore(Step one) {
        try {
            return one.step();
        } catch (Throwable failure) {
            tell(failure);
            return false;
        }
    }

    private void tell(Throwable failure) {
        long now = nanoTime.getAsLong();
        if (!told || now - toldNanos > TELL_NANOS) {
            told = true;
            toldNanos = now;
            LOGGER.log(System.Logger.Level.ERROR, "cannot go on with one of many, the others go on", failure);
        }
    }
}
