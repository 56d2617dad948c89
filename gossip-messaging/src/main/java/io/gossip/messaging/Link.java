/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection that this member made to an address, and makes again, with growing waits, for as long as it is wanted.
 *
 * <p>Confined to one event loop.
 */
final class Link implements Connection.Owner {
    private final Vertx vertx;
    private final HostPort address;
    private final Supplier<Future<NetSocket>> connector;
    private final Supplier<Frame.Hello> ownHello;
    private final MessagingOptions options;
    private final Backoffs backoffs;
    private final Owner owner;
    private boolean wanted;
    private boolean connecting;
    private long retryTimer = -1;
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
            HostPort address,
            Supplier<Future<NetSocket>> connector,
            Supplier<Frame.Hello> ownHello,
            MessagingOptions options,
            Backoffs backoffs,
            Owner owner) {
        this.vertx = vertx;
        this.address = address;
        this.connector = connector;
        this.ownHello = ownHello;
        this.options = options;
        this.backoffs = backoffs;
        this.owner = owner;
    }

    HostPort address() {
        return address;
    }

    /** Whether the other side said hello and was accepted. */
    boolean isOpen() {
        return open != null;
    }

    /** The connection that frames may be sent on; null if there is none. */
    @Nullable
    Connection open() {
        return open;
    }

    /** Whether who answers there is that one itself. */
    boolean leadsTo(PeerId peer) {
        Frame.Hello hello = open == null ? null : open.hello();
        return hello != null && hello.peer().equals(peer);
    }

    boolean canSend() {
        Connection current = open;
        return current != null && !current.isWriteQueueFull();
    }

    void send(Frame frame) {
        Connection current = open;
        if (current != null) {
            current.send(frame);
        }
    }

    /** Sends a whole frame with its length in front. */
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
            dial();
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

    /** Closes an open connection if who answered would not be accepted again. */
    void reconsider() {
        Connection current = open;
        if (current == null) {
            return;
        }
        Frame.Hello hello = current.hello();
        String objection = hello == null ? null : owner.objection(this, current, hello);
        if (objection != null) {
            current.close(objection);
        }
    }

    private void dial() {
        if (connecting || connection != null || retryTimer >= 0) {
            return;
        }
        long wait = backoffs.remainingMillis(address, System.nanoTime());
        if (wait == 0) {
            connect();
        } else {
            retryTimer = vertx.setTimer(wait, timer -> {
                retryTimer = -1;
                connect();
            });
        }
    }

    private void connect() {
        connecting = true;
        connector.get().onComplete(this::connected, failure -> {
            connecting = false;
            lost("no connection to " + address + ": " + failure.getMessage());
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
                backoffs.forget(address); // one that breaks soon is no better than none
            }
            connection = null;
            open = null;
            lost(reason);
        }
    }

    private void lost(String reason) {
        backoffs.failed(address, System.nanoTime());
        if (wanted) {
            dial();
        }
        owner.failed(this, reason);
    }
}
