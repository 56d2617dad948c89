/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A member's end of an {@link InMemoryNetwork}; datagrams arrive from any thread, all else is confined. */
final class InMemorySocket implements GossipSocket {
    private final InMemoryNetwork network;
    private final Vertx vertx;
    private final Context context;
    private final GossipAddress localAddress;
    private @Nullable Handler<Datagram> datagramHandler;
    private @Nullable Handler<Throwable> brokenHandler;
    private volatile boolean down;

    InMemorySocket(InMemoryNetwork network, Vertx vertx, Context context, GossipAddress localAddress) {
        this.network = network;
        this.vertx = vertx;
        this.context = context;
        this.localAddress = localAddress;
    }

    @Override
    public GossipAddress localAddress() {
        return localAddress;
    }

    @Override
    public Future<Void> send(byte[] datagram, GossipAddress target) {
        if (down) {
            return Future.failedFuture(new ClosedChannelException());
        }
        if (datagram.length > UdpTransport.MAX_DATAGRAM_BYTES) {
            return Future.failedFuture(UdpSocket.tooLong(datagram));
        }
        network.carry(datagram, localAddress, target);
        return Future.succeededFuture();
    }

    @Override
    public GossipSocket datagramHandler(Handler<Datagram> handler) {
        datagramHandler = handler;
        return this;
    }

    @Override
    public GossipSocket brokenHandler(Handler<Throwable> handler) {
        brokenHandler = handler;
        return this;
    }

    @Override
    public Future<Void> close() {
        down = true;
        network.forget(this);
        return Future.succeededFuture();
    }

    /** The receiver's event loop may be gone: nobody listens there then, which is no concern of the sender. */
    void arrive(Datagram datagram, long delayMillis) {
        try {
            arriveOnContext(datagram, delayMillis);
        } catch (RejectedExecutionException goneWithItsVertx) {
            network.forget(this);
        }
    }

    private void arriveOnContext(Datagram datagram, long delayMillis) {
        context.runOnContext(ignored -> {
            if (delayMillis == 0) {
                deliver(datagram);
            } else {
                vertx.setTimer(delayMillis, timer -> deliver(datagram));
            }
        });
    }

    void breakDown(Throwable reason) {
        context.runOnContext(ignored -> {
            Handler<Throwable> handler = brokenHandler;
            if (!down && handler != null) {
                down = true;
                handler.handle(reason);
            }
        });
    }

    private void deliver(Datagram datagram) {
        Handler<Datagram> handler = datagramHandler;
        if (!down && handler != null) {
            handler.handle(datagram);
        }
    }
}
