/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One UDP channel on the event loop of its context.
 *
 * <p>It is a channel of Netty and not a {@code DatagramSocket} of Vert.x, because that turns addresses into text and back
 * for each datagram, asks the name resolver, copies twice, waits in the selector for each datagram, and closes its channel
 * in silence after an exception. Together that took more time than the protocol does.
 */
final class UdpSocket implements GossipSocket {
    /** Datagrams taken from the kernel before those who wait on the same event loop get their turn. */
    private static final int READS_IN_A_ROW = 16;

    private final ContextInternal context;
    private final DatagramChannel channel;
    private final Closeable closeHook = this::closeBecauseOfOwner;
    private GossipAddress localAddress;
    private @Nullable Handler<Datagram> datagramHandler;
    private @Nullable Handler<Throwable> brokenHandler;
    private boolean broken;
    private @Nullable Future<Void> closing;

    private UdpSocket(ContextInternal context, DatagramChannel channel, GossipAddress listenAddress) {
        this.context = context;
        this.channel = channel;
        this.localAddress = listenAddress;
    }

    /** To be called on the event loop of the context. */
    static Future<UdpSocket> open(ContextInternal context, GossipAddress listenAddress, int receiveBufferBytes) {
        DatagramChannel channel = newChannel(context, listenAddress);
        try {
            configure(channel, receiveBufferBytes);
        } catch (RuntimeException refused) {
            channel.unsafe().closeForcibly(); // no event loop has it yet
            throw refused;
        }
        return open(context, channel, listenAddress, UnpooledByteBufAllocator.DEFAULT);
    }

    /** Opens a channel that no event loop has yet, and closes it when that fails. */
    static Future<UdpSocket> open(
            ContextInternal context, DatagramChannel channel, GossipAddress listenAddress, ByteBufAllocator memory) {
        UdpSocket socket = new UdpSocket(context, channel, listenAddress);
        channel.pipeline().addLast(socket.new Inbound());
        Promise<UdpSocket> opened = context.promise();
        context.nettyEventLoop()
                .register(channel)
                .addListener(registered -> socket.bind(registered.cause(), memory, opened));
        return opened.future();
    }

    private static void configure(DatagramChannel channel, int receiveBufferBytes) {
        channel.config()
                .setReceiveBufferSize(receiveBufferBytes)
                .setRecvByteBufAllocator(new LoopReceiveAllocator(READS_IN_A_ROW));
    }

    @SuppressWarnings("deprecation") // the SPI of Vert.x asks for this very type
    private static DatagramChannel newChannel(ContextInternal context, GossipAddress listenAddress) {
        return context.owner()
                .transport()
                .datagramChannel(
                        listenAddress.isIpv6()
                                ? io.netty.channel.socket.InternetProtocolFamily.IPv6
                                : io.netty.channel.socket.InternetProtocolFamily.IPv4);
    }

    private void bind(@Nullable Throwable failure, ByteBufAllocator memory, Promise<UdpSocket> opened) {
        if (failure != null) {
            opened.fail(failure);
            return;
        }
        channel.bind(socketAddress(localAddress)).addListener(bound -> {
            if (bound.isSuccess()) {
                bound(memory, opened);
            } else {
                giveUp(bound.cause(), opened);
            }
        });
    }

    private void bound(ByteBufAllocator memory, Promise<UdpSocket> opened) {
        try {
            LoopBuffers.join(memory);
        } catch (Throwable noMemory) { // Netty would log it and leave the future without an answer
            giveUp(noMemory, opened);
            return;
        }
        channel.closeFuture().addListener(closed -> LoopBuffers.leave());
        localAddress =
                GossipAddress.of(localAddress.ip(), channel.localAddress().getPort());
        context.addCloseHook(closeHook);
        opened.complete(this);
    }

    private void giveUp(Throwable failure, Promise<UdpSocket> opened) {
        close().onComplete(closed -> opened.fail(failure));
    }

    @Override
    public GossipAddress localAddress() {
        return localAddress;
    }

    @Override
    public Future<Void> send(byte[] datagram, GossipAddress target) {
        if (closing != null) {
            return context.failedFuture(new ClosedChannelException());
        }
        if (datagram.length > UdpTransport.MAX_DATAGRAM_BYTES) {
            return context.failedFuture(tooLong(datagram));
        }
        InetSocketAddress recipient = socketAddress(target); // what may throw comes before the buffer is taken
        ChannelFuture written = channel.writeAndFlush(new DatagramPacket(LoopBuffers.toSend(datagram), recipient));
        return written.isSuccess() ? context.succeededFuture() : unfinished(written);
    }

    // Rare: the kernel's send buffer is full, or it refused the datagram.
    private Future<Void> unfinished(ChannelFuture written) {
        Promise<Void> promise = context.promise();
        written.addListener(done -> {
            if (done.isSuccess()) {
                promise.complete();
            } else {
                promise.fail(done.cause());
                sendFailed(done.cause());
            }
        });
        return promise.future();
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
            Promise<Void> closed = context.promise();
            channel.close().addListener(done -> closed.complete());
            context.removeCloseHook(closeHook);
            result = closed.future().eventually(this::addressIsFree);
            closing = result;
        }
        return result;
    }

    private void closeBecauseOfOwner(Completable<Void> completion) {
        context.nettyEventLoop().execute(() -> close().onComplete(completion));
    }

    // The JDK gives the port back only when the event loop selects again, which it does before it runs a timer.
    private Future<Void> addressIsFree() {
        return context.owner().timer(1, TimeUnit.MILLISECONDS).transform(ignored -> Future.succeededFuture());
    }

    /** Ends the channel as a failure of the system would. */
    void breakChannel() {
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    static IllegalArgumentException tooLong(byte[] datagram) {
        return new IllegalArgumentException(
                "a datagram must be at most " + UdpTransport.MAX_DATAGRAM_BYTES + " bytes, was " + datagram.length);
    }

    private void received(Datagram datagram) {
        Handler<Datagram> handler = datagramHandler;
        if (handler != null && closing == null) {
            handler.handle(datagram);
        }
    }

    // Who sends may learn that the channel is gone before the channel tells.
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

    // Bytes to bytes: neither direction asks a resolver.
    private static InetSocketAddress socketAddress(GossipAddress address) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.ip()), address.port());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are always an address", e);
        }
    }

    // Without the scope that a link-local address may have.
    private static GossipAddress gossipAddress(InetSocketAddress address) {
        return GossipAddress.of(address.getAddress().getAddress(), address.getPort());
    }

    /** Brings what Netty reports to the context. */
    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
        private final Handler<Datagram> toOwner = UdpSocket.this::received;

        @Override
        protected void channelRead0(ChannelHandlerContext ignored, DatagramPacket packet) {
            byte[] bytes = ByteBufUtil.getBytes(packet.content());
            context.emit(new Datagram(bytes, gossipAddress(packet.sender())), toOwner);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ignored) {
            context.emit(new ClosedChannelException(), UdpSocket.this::broke);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
            context.emit(cause, UdpSocket.this::broke);
        }
    }
}
