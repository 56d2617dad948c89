/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.Effect;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.PrefixListeners;
import io.gossip.core.state.NodeSnapshot;
import io.vertx.core.Handler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Everyone in the application who is told of things. What one of them throws is logged and keeps nothing from the
 * others. Confined; the handlers may be set from any thread.
 */
final class Audience {
    /** Someone who follows all changes; one and the same handler may follow twice. */
    static final class Observer {
        private final Handler<List<ClusterEvent>> handler;

        Observer(Handler<List<ClusterEvent>> handler) {
            this.handler = handler;
        }
    }

    private final LimitedLog log;
    private final PrefixListeners prefixes;
    private final List<Observer> observers = new CopyOnWriteArrayList<>();
    private volatile @Nullable Handler<List<ClusterEvent>> changeHandler;
    private volatile @Nullable Runnable catchUpHandler;
    private volatile @Nullable Handler<List<NodeSnapshot>> liveNodesHandler;
    private volatile @Nullable Handler<Effect.Notice> noticeHandler;
    private volatile @Nullable Handler<Duration> roundHandler;

    Audience(LimitedLog log) {
        this.log = log;
        this.prefixes = new PrefixListeners(failure -> failed("key listener", failure));
    }

    void changeHandler(@Nullable Handler<List<ClusterEvent>> handler) {
        changeHandler = handler;
    }

    void catchUpHandler(@Nullable Runnable handler) {
        catchUpHandler = handler;
    }

    void liveNodesHandler(@Nullable Handler<List<NodeSnapshot>> handler) {
        liveNodesHandler = handler;
    }

    void noticeHandler(@Nullable Handler<Effect.Notice> handler) {
        noticeHandler = handler;
    }

    void roundHandler(@Nullable Handler<Duration> handler) {
        roundHandler = handler;
    }

    void join(Observer observer) {
        observers.add(observer);
    }

    void part(Observer observer) {
        observers.remove(observer);
    }

    PrefixListeners.Registration subscribe(String prefix, PrefixListeners.KeyListener listener) {
        return prefixes.subscribe(prefix, listener);
    }

    void changed(List<ClusterEvent> events) {
        tell("change handler", changeHandler, events);
        observers.forEach(observer -> tell("observer", observer.handler, events));
        // The prefix listeners contain exceptions one by one; an error of one ends the event for the rest.
        events.forEach(event -> tell("key listener", prefixes::dispatch, event));
    }

    void liveNodesChanged(List<NodeSnapshot> nodes) {
        tell("live nodes handler", liveNodesHandler, nodes);
    }

    void catchUpSuggested() {
        Runnable handler = catchUpHandler;
        if (handler != null) {
            tell("catch-up handler", ignored -> handler.run(), Boolean.TRUE);
        }
    }

    void noticed(Effect.Notice notice) {
        tell("notice handler", noticeHandler, notice);
    }

    void roundDone(long nanos) {
        Handler<Duration> handler = roundHandler;
        if (handler != null) {
            tell("round handler", handler, Duration.ofNanos(nanos));
        }
    }

    private <E> void tell(String who, @Nullable Handler<E> handler, E event) {
        if (handler != null) {
            try {
                handler.handle(event);
            } catch (RuntimeException | AssertionError | StackOverflowError failure) {
                failed(who, failure);
            }
        }
    }

    private void failed(String who, Throwable failure) {
        log.log(Level.ERROR, who, () -> "a " + who + " of the application failed", failure);
    }
}
