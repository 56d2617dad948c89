/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.Effect.Purpose;
import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.TransportHealth.State;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node connected: one socket at a time, and when it breaks another one on the same address, tried again with
 * back-off for ever. Confined, except {@link #health}.
 */
final class SocketKeeper {
    private static final long FIRST_REOPEN_MILLIS = 100;
    private static final long LONGEST_REOPEN_MILLIS = 30_000;
    private static final long LOG_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Transport transport;
    private final Vertx vertx;
    private final Timers timers;
    private final Logger logger;
    private final LimitedLog limited;
    private final GossipAddress address;
    private final Backoff backoff = new Backoff(FIRST_REOPEN_MILLIS, LONGEST_REOPEN_MILLIS);
    private @Nullable GossipSocket socket;
    private Handler<Datagram> received = datagram -> {};
    private boolean closed;
    private Future<Void> underWay = Future.succeededFuture();
    private volatile TransportHealth health = new TransportHealth(State.OPEN, 0, 0, 0, Optional.empty());

    /** Takes over an open socket. */
    SocketKeeper(Transport transport, GossipSocket socket, Vertx vertx, Timers timers, Logger logger) {
        this.transport = transport;
        this.vertx = vertx;
        this.timers = timers;
        this.logger = logger;
        this.limited = new LimitedLog(logger, System::nanoTime, LOG_PERIOD_NANOS);
        this.address = socket.localAddress();
        this.socket = socket;
    }

    /** Has each datagram handed over, from this and all later sockets. */
    void receiveWith(Handler<Datagram> handler) {
        received = handler;
        GossipSocket current = socket;
        if (current != null) {
            adopt(current);
        }
    }

    GossipAddress address() {
        return address;
    }

    TransportHealth health() {
        return health;
    }

    /** Counts an exception of the engine, so that all that is wrong with a node stands in one place. */
    void engineFailed() {
        health = new TransportHealth(
                health.state(),
                health.reopens(),
                health.sendFailures(),
                health.engineFailures() + 1,
                health.lastError());
    }

    Future<Void> send(byte[] datagram, GossipAddress target, Purpose purpose) {
        GossipSocket current = socket;
        if (closed) {
            return Future.failedFuture(new IllegalStateException("the node is closed"));
        }
        Future<Void> sent = current == null
                ? Future.failedFuture(new IOException("the socket is being re-opened"))
                : current.send(datagram, target);
        return sent.succeeded() ? sent : sent.onFailure(failure -> sendFailed(target, purpose, failure));
    }

    Future<Void> close() {
        closed = true;
        GossipSocket current = socket;
        socket = null;
        Future<Void> done = current == null ? underWay : current.close();
        return done.onComplete(ignored -> become(State.CLOSED, health.reopens(), null));
    }

    private void adopt(GossipSocket opened) {
        socket = opened;
        opened.datagramHandler(received).brokenHandler(failure -> broke(opened, failure));
    }

    private void broke(GossipSocket which, Throwable failure) {
        if (closed || socket != which) {
            return;
        }
        socket = null;
        become(State.REOPENING, health.reopens(), failure);
        logger.log(Level.WARNING, "the socket on " + address + " broke, re-opening it: " + Failures.oneLine(failure));
        underWay = which.close().onComplete(ignored -> reopenLater());
    }

    private void reopenLater() {
        if (!closed) {
            timers.setTimer(backoff.nextMillis(), this::reopen);
        }
    }

    private void reopen() {
        if (!closed) {
            underWay = transport.open(vertx, address).transform(this::reopened);
        }
    }

    /** Completes when nothing is open that nobody wants any more. */
    private Future<Void> reopened(AsyncResult<GossipSocket> opening) {
        if (opening.failed()) {
            reopenFailed(opening.cause());
        } else if (closed) {
            return opening.result().close();
        } else {
            reopened(opening.result());
        }
        return Future.succeededFuture();
    }

    private void reopened(GossipSocket opened) {
        backoff.reset();
        adopt(opened);
        become(State.OPEN, health.reopens() + 1, null);
        logger.log(Level.INFO, "the socket on " + address + " is open again");
    }

    private void reopenFailed(Throwable failure) {
        if (!closed) {
            become(State.REOPENING, health.reopens(), failure);
            limited.log(
                    Level.WARNING,
                    State.REOPENING,
                    () -> "cannot re-open the socket on " + address + ", will keep trying: "
                            + Failures.oneLine(failure));
            reopenLater();
        }
    }

    private void sendFailed(GossipAddress target, Purpose purpose, Throwable failure) {
        String line = "cannot send " + text(purpose) + " at " + target + ": " + Failures.oneLine(failure);
        health = new TransportHealth(
                health.state(),
                health.reopens(),
                health.sendFailures() + 1,
                health.engineFailures(),
                Optional.of(line));
        limited.log(level(purpose), purpose, () -> line);
    }

    private void become(State state, long reopens, @Nullable Throwable failure) {
        health = new TransportHealth(
                state,
                reopens,
                health.sendFailures(),
                health.engineFailures(),
                failure == null ? health.lastError() : Optional.of(Failures.oneLine(failure)));
    }

    private static String text(Purpose purpose) {
        return switch (purpose) {
            case LIVE -> "to live member";
            case DEAD -> "to dead member";
            case SEED -> "to seed node";
            case REQUESTED -> "the requested SYN to the member";
            case FAREWELL -> "the goodbye to the member";
            case REPLY -> "the answer to the member";
        };
    }

    // Semantics §15: what reaches nobody anyway is no reason to wake an operator.
    private static Level level(Purpose purpose) {
        return switch (purpose) {
            case LIVE, SEED, REQUESTED, FAREWELL -> Level.WARNING;
            case DEAD, REPLY -> Level.DEBUG;
        };
    }
}
