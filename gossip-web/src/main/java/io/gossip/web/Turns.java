/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does something with each of many, a little per turn of the event loop, so that others get theirs in between.
 *
 * <p><b>Threads:</b> confined to one context.
 *
 * @param <T> of whom there are many
 */
final class Turns<T> {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Context context;
    private final Consumer<T> action;
    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean running;

    Turns(Context context, Consumer<T> action) {
        this.context = context;
        this.action = action;
    }

    /** Adds all to those who get a turn, and begins at once. */
    void take(Iterable<T> all) {
        all.forEach(waiting::add);
        if (!running) {
            running = true;
            turn();
        }
    }

    private void turn() {
        long start = System.nanoTime();
        while (!waiting.isEmpty() && System.nanoTime() - start < TURN_NANOS) {
            action.accept(waiting.remove());
        }
        running = !waiting.isEmpty();
        if (running) {
            context.runOnContext(nothing -> turn());
        }
    }
}
