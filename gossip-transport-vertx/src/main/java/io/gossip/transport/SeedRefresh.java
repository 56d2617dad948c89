/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks the host names among the seed nodes up: before the first round, then again and again; sooner, with back-off,
 * while this node is alone, because then the names may be all it has to find the others. Confined.
 */
final class SeedRefresh {
    private static final long FIRST_RETRY_MILLIS = 1_000;
    private static final long LONGEST_RETRY_MILLIS = 60_000;
    private static final long NO_TIMER = -1;

    private SeedBook book;
    private final HostResolver resolver;
    private final Timers timers;
    private final Logger logger;
    private long refreshMillis;
    private Backoff whileAlone;
    private Consumer<Set<GossipAddress>> resolved = addresses -> {};
    private Set<GossipAddress> handedOut = Set.of();
    private boolean alone = true;
    private boolean stopped;
    private long timer = NO_TIMER;

    SeedRefresh(SeedBook book, HostResolver resolver, Timers timers, Logger logger, long refreshMillis) {
        this.book = book;
        this.resolver = resolver;
        this.timers = timers;
        this.logger = logger;
        this.refreshMillis = refreshMillis;
        this.whileAlone = backoff(refreshMillis);
    }

    private static Backoff backoff(long refreshMillis) {
        return new Backoff(FIRST_RETRY_MILLIS, Math.min(LONGEST_RETRY_MILLIS, refreshMillis));
    }

    /**
     * Hands out the literals, and all addresses whenever the set has changed.
     *
     * @return completes when every name was looked up once, whatever came of it
     */
    Future<Void> start(Consumer<Set<GossipAddress>> receiver) {
        resolved = receiver;
        handOut();
        return book.names().isEmpty() ? Future.succeededFuture() : lookUp();
    }

    /** Goes over to other seed nodes: hands out what is known of them, and looks all names up at once. */
    void change(List<String> seedNodes, long newRefreshMillis) {
        book = book.changedTo(seedNodes);
        refreshMillis = newRefreshMillis;
        whileAlone = backoff(newRefreshMillis);
        if (timer != NO_TIMER) {
            timers.cancelTimer(timer);
            timer = NO_TIMER;
        }
        handOut();
        if (!stopped && !book.names().isEmpty()) {
            lookUp();
        }
    }

    /** Tells whether any other member is live now. */
    void alone(boolean nowAlone) {
        boolean lostTheLast = nowAlone && !alone;
        alone = nowAlone;
        if (lostTheLast) {
            whileAlone.reset();
            // Without a timer a lookup is under way, which sets the next one.
            if (timer != NO_TIMER) {
                timers.cancelTimer(timer);
                schedule();
            }
        }
    }

    void stop() {
        stopped = true;
        if (timer != NO_TIMER) {
            timers.cancelTimer(timer);
            timer = NO_TIMER;
        }
    }

    private Future<Void> lookUp() {
        timer = NO_TIMER;
        SeedBook asked = book;
        List<Future<Void>> lookups =
                asked.names().stream().map(name -> lookUp(asked, name)).toList();
        return Future.join(lookups).transform(all -> {
            if (asked == book) { // else the seed nodes have changed meanwhile, and another lookup is under way
                handOut();
                schedule();
            }
            return Future.<Void>succeededFuture();
        });
    }

    private Future<Void> lookUp(SeedBook asked, HostPort name) {
        return resolver.resolve(name.host()).transform(answer -> {
            if (answer.succeeded()) {
                note(name, asked.resolved(name, answer.result()), "no addresses");
            } else {
                note(name, asked.failed(name), Failures.oneLine(answer.cause()));
            }
            return Future.succeededFuture();
        });
    }

    private void note(HostPort name, SeedBook.Turn turn, String reason) {
        switch (turn) {
            case SAME -> {}
            case FAILING ->
                logger.log(Level.WARNING, "cannot resolve seed node " + name + ", will keep trying: " + reason);
            case RECOVERED -> logger.log(Level.INFO, "seed node " + name + " resolves again");
        }
    }

    private void handOut() {
        Set<GossipAddress> addresses = book.addresses();
        if (!stopped && !addresses.equals(handedOut)) {
            handedOut = addresses;
            resolved.accept(addresses);
        }
    }

    private void schedule() {
        if (!stopped) {
            timer = timers.setTimer(alone ? whileAlone.nextMillis() : refreshMillis, this::lookUp);
        }
    }
}
