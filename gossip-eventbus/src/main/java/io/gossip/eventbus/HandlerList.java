/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Handler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Handlers of one kind of event, called in the order in which they were added.
 *
 * <p><b>Threads:</b> added and taken away from any thread, called on one.
 *
 * @param <T> the event
 */
final class HandlerList<T> {
    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();
    private final ContainedCalls calls;

    HandlerList(ContainedCalls calls) {
        this.calls = calls;
    }

    Registration add(Handler<? super T> handler) {
        Entry<T> entry = new Entry<>(handler);
        entries.add(entry);
        return () -> {
            entry.open = false; // a round of calls that is under way has a copy of the list
            entries.remove(entry);
        };
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    void call(T event) {
        for (Entry<T> entry : entries) {
            if (entry.open) {
                calls.call(entry.handler, event);
            }
        }
    }

    private static final class Entry<T> {
        private final Handler<? super T> handler;
        private volatile boolean open = true;

        private Entry(Handler<? super T> handler) {
            this.handler = handler;
        }
    }
}
