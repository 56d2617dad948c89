/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Vertx;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Does something with each of many, a little at a time, so that the event loop gets to other work in between. The rest waits
 * for a timer: a task handed to the loop again would run before timers and sockets get their turn.
 *
 * <p><b>Threads:</b> confined to one context.
 *
 * @param <T> of whom there are many
 */
final class Turns<T> {
    private static final System.Logger LOGGER = System.getLogger(Turns.class.getName());
    private static final long TELL_NANOS = TimeUnit.MINUTES.toNanos(1); // what fails for one may fail for all
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Consumer<Runnable> later;
    private final Predicate<T> action;
    private final Set<T> waiting = new LinkedHashSet<>(); // each once, however often it asks
    private boolean running;
    private boolean told;
    private long toldNanos;
    private long lastEnd = System.nanoTime() - TURN_NANOS;

    /**
     * Nobody waits yet.
     *
     * @param later runs something on this context, after other work
     * @param action does a small step with one of them; returns whether there is more to do at once
     */
    Turns(Consumer<Runnable> later, Predicate<T> action) {
        this.later = later;
        this.action = action;
    }

    /** One that waits for a millisecond between two turns. */
    static <T> Turns<T> on(Vertx vertx, Predicate<T> action) {
        return new Turns<>(next -> vertx.setTimer(1, timer -> next.run()), action);
    }

    /** Adds all to those who get a turn, and begins at once unless a turn has just ended. */
    void take(Iterable<T> all) {
        all.forEach(waiting::add);
        if (running || waiting.isEmpty()) {
            return;
        }
        running = true;
        if (System.nanoTime() - lastEnd < TURN_NANOS) {
            later.accept(this::turn);
        } else {
            turn();
        }
    }

    // One that fails is left out from now on; all the others must get their turns.
    private boolean wantsMore(T one) {
        try {
            return action.test(one);
        } catch (RuntimeException failure) {
            tell(failure);
            return false;
        }
    }

    private void tell(RuntimeException failure) {
        long now = System.nanoTime();
        if (!told || now - toldNanos > TELL_NANOS) {
            told = true;
            toldNanos = now;
            LOGGER.log(System.Logger.Level.ERROR, "cannot go on with one of many, the others go on", failure);
        }
    }

    private void turn() {
        long start = System.nanoTime();
        while (!waiting.isEmpty() && System.nanoTime() - start < TURN_NANOS) {
            Iterator<T> first = waiting.iterator();
            T one = first.next();
            first.remove();
            if (wantsMore(one)) {
                waiting.add(one);
            }
        }
        lastEnd = System.nanoTime();
        running = !waiting.isEmpty();
        if (running) {
            later.accept(this::turn);
        }
    }
}
