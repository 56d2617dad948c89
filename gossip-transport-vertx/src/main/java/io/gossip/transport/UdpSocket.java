/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One bound UDP socket. */
final class UdpSocket implements GossipSocket {
    private final Vertx vertx;
    private final DatagramSocket socket;
    private final GossipAddress localAddress;
    private @Nullable Handler<Datagram> datagramHandler;
    private @Nullable Handler<Throwable> brokenHandler;
    private boolean broken;
    private @Nullable Future<Void> closing;

    UdpSocket(Vertx vertx, DatagramSocket socket, GossipAddress listenAddress) {
        Context context = vertx.getOrCreateContext();
        this.vertx = vertx;
        this.socket = socket;
        this.localAddress =
                GossipAddress.of(listenAddress.ip(), socket.localAddress().port());
        socket.handler(this::received);
        // Vert.x closes the channel after an exception in it, and tells nobody: so any exception means broken.
        socket.exceptionHandler(failure -> context.runOnContext(ignored -> broke(failure)));
    }

    @Override
    public GossipAddress localAddress() {
        return localAddress;
    }

    @Override
    public Future<Void> send(byte[] datagram, GossipAddress target) {
        if (closing != null) {
            return Future.failedFuture(new ClosedChannelException());
        }
        if (datagram.length > UdpTransport.MAX_DATAGRAM_BYTES) {
            return Future.failedFuture(tooLong(datagram));
        }
        return socket.send(Buffer.buffer(datagram), target.port(), target.host())
                .onFailure(this::sendFailed);
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
        Future<Void> result = closing;
        if (result == null) {
            result = socket.close().eventually(this::addressIsFree);
            closing = result;
        }
        return result;
    }

    // The JDK gives the port back only when the event loop selects again, which it does before it runs a timer.
    private Future<Void> addressIsFree() {
        return vertx.timer(1, TimeUnit.MILLISECONDS).transform(ignored -> Future.succeededFuture());
    }

    static IllegalArgumentException tooLong(byte[] datagram) {
        return new IllegalArgumentException(
                "a datagram must be at most " + UdpTransport.MAX_DATAGRAM_BYTES + " bytes, was " + datagram.length);
    }

    private void received(DatagramPacket packet) {
        Handler<Datagram> handler = datagramHandler;
        if (handler != null && closing == null) {
            handler.handle(new Datagram(packet.data().getBytes(), address(packet.sender())));
        }
    }

    // A channel that was closed behind our back shows only when it is used.
    private void sendFailed(Throwable failure) {
        if (failure instanceof ClosedChannelException) {
            broke(failure);
        }
    }

    private void broke(Throwable failure) {
        Handler<Throwable> handler = brokenHandler;
        if (!broken && closing == null && handler != null) {
            broken = true;
            handler.handle(failure);
        }
    }

    private static GossipAddress address(SocketAddress sender) {
        String host = sender.hostAddress();
        int scope = host.indexOf('%');
        String ip = scope < 0 ? host : host.substring(0, scope);
        return GossipAddress.parse(ip.indexOf(':') >= 0 ? "[" + ip + "]:" + sender.port() : ip + ":" + sender.port());
    }
}
