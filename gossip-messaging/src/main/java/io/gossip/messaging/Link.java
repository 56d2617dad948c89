/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The connection that this member made to an address, and makes again, with growing waits, for as long as it is wanted.
 *
 * <p>Confined to one event loop.
 */
final class Link implements Connection.Owner {
    private static final long FIRST_DELAY_MILLIS = 50;

    private final Vertx vertx;
    private final SocketAddress address;
    private final Function<SocketAddress, Future<NetSocket>> connector;
    private final Supplier<Frame.Hello> ownHello;
    private final MessagingOptions options;
    private final RandomGenerator random;
    private final Owner owner;
    private boolean wanted;
    private boolean connecting;
    private long retryTimer = -1;
    private int failures;
    private long openedNanos;
    private @Nullable Connection connection;
    private @Nullable Connection open;

    /** Who uses a link; called on its event loop. */
    interface Owner {
        /** The other side said hello: whether it may stay, or why not. */
        @Nullable
        String objection(Link link, Connection connection, Frame.Hello hello);

        /** Frames may be sent. */
        void opened(Link link, Connection connection);

        /** More frames may be sent. */
        void writable(Link link);

        /** A frame came. */
        void received(Link link, Connection connection, Frame frame);

        /** Frames may not be sent any longer. Called for each attempt that failed as well. */
        void failed(Link link, String reason);
    }

    Link(
            Vertx vertx,
            SocketAddress address,
            Function<SocketAddress, Future<NetSocket>> connector,
            Supplier<Frame.Hello> ownHello,
            MessagingOptions options,
            RandomGenerator random,
            Owner owner) {
        this.vertx = vertx;
        this.address = address;
        this.connector = connector;
        this.ownHello = ownHello;
        this.options = options;
        this.random = random;
        this.owner = owner;
    }

    SocketAddress address() {
        return address;
    }

    /** Whether the other side said hello and was accepted. */
    boolean isOpen() {
        return open != null;
    }

    boolean canSend() {
        Connection current = open;
        return current != null && !current.isWriteQueueFull();
    }

    void send(Buffer frame) {
        Connection current = open;
        if (current != null) {
            current.send(frame);
        }
    }

    /** Connects, and again whenever the connection breaks, until {@link #close}. */
    void want() {
        if (!wanted) {
            wanted = true;
            if (retryTimer < 0) {
                connect();
            }
        }
    }

    /** Does not connect again until wanted; an open connection stays. */
    void rest() {
        wanted = false;
        if (retryTimer >= 0) {
            vertx.cancelTimer(retryTimer);
            retryTimer = -1;
        }
    }

    void close(String reason) {
        rest();
        drop(reason);
    }

    /** Closes the connection; if wanted, another one follows. */
    void drop(String reason) {
        Connection current = connection;
        if (current != null) {
            current.close(reason);
        }
    }

    private void connect() {
        if (connecting || connection != null) {
            return;
        }
        connecting = true;
        connector.apply(address).onComplete(this::connected, failure -> {
            connecting = false;
            lost("no connection to " + HostPort.format(address) + ": " + failure.getMessage());
        });
    }

    private void connected(NetSocket socket) {
        connecting = false;
        Connection fresh = new Connection(vertx, socket, options, this);
        connection = fresh;
        if (wanted) {
            fresh.send(ownHello.get());
        } else {
            fresh.close("no longer needed");
        }
    }

    @Override
    public void greeted(Connection greeting, Frame.Hello hello) {
        String objection = owner.objection(this, greeting, hello);
        if (objection != null) {
            greeting.close(objection);
            return;
        }
        openedNanos = System.nanoTime();
        open = greeting;
        owner.opened(this, greeting);
    }

    @Override
    public void received(Connection from, Frame frame) {
        if (from == open) {
            owner.received(this, from, frame);
        }
    }

    @Override
    public void writable(Connection free) {
        if (free == open) {
            owner.writable(this);
        }
    }

    @Override
    public void closed(Connection ended, String reason) {
        if (ended == connection) {
            if (open != null
                    && System.nanoTime() - openedNanos
                            > options.getMaxReconnectDelay().toNanos()) {
                failures = 0; // one that breaks soon is no better than none
            }
            connection = null;
            open = null;
            lost(reason);
        }
    }

    private void lost(String reason) {
        if (wanted) {
            retryTimer = vertx.setTimer(nextDelayMillis(), timer -> {
                retryTimer = -1;
                connect();
            });
        }
        owner.failed(this, reason);
    }

    private long nextDelayMillis() {
        long longest = options.getMaxReconnectDelay().toMillis();
        long delay = Math.min(longest, FIRST_DELAY_MILLIS << Math.min(failures, 20));
        failures++;
        return Math.max(1, delay - (long) (random.nextDouble() * delay / 2));
    }
}
