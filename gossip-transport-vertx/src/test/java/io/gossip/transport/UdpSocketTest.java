/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gossip.core.identity.GossipAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import java.net.BindException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How sockets use the memory of their event loop, of which there is one here. */
class UdpSocketTest {
    private static final GossipAddress ANY_PORT = GossipAddress.parse("127.0.0.1:0");

    abstract static class OnOneEventLoop {
        private static final byte[] DATAGRAM = {83, -80, 7, 42, -1, 99, 0, 12, 31, -64, 5, 6};

        private final Vertx vertx;

        OnOneEventLoop(boolean preferNative) {
            vertx = Vertx.vertx(
                    new VertxOptions().setPreferNativeTransport(preferNative).setEventLoopPoolSize(1));
        }

        @AfterEach
        void close() {
            Waiting.get(vertx.close());
        }

        @Test
        void sendsAndReceivesThroughTheMemoryOfTheEventLoop() {
            Endpoint one = open();
            Endpoint other = open();
            Waiting.get(one.send(DATAGRAM.clone(), other.address()));
            other.next();
            assertThat(startOf(onLoop(OnOneEventLoop::outgoing))).isEqualTo(DATAGRAM);
            assertThat(startOf(onLoop(OnOneEventLoop::incoming))).isEqualTo(DATAGRAM);
        }

        @Test
        void givesTheMemoryBackWithTheLastSocketThoughAnotherCouldNotBeOpened() {
            Endpoint one = open();
            Endpoint other = open();
            ByteBuf incoming = onLoop(OnOneEventLoop::incoming);
            ByteBuf outgoing = onLoop(OnOneEventLoop::outgoing);
            assertThat(Waiting.failure(Endpoint.tryOpen(vertx, new UdpTransport(), one.address())))
                    .isInstanceOf(BindException.class);
            Waiting.get(other.close());
            assertThat(incoming.refCnt()).isOne();
            assertThat(outgoing.refCnt()).isOne();
            Waiting.get(one.close());
            assertThat(incoming.refCnt()).isZero();
            assertThat(outgoing.refCnt()).isZero();
        }

        @Test
        @SuppressWarnings("NullAway") // what a caller that is not checked may do
        void keepsNoMemoryForADatagramWithoutTarget() {
            Endpoint endpoint = open();
            ByteBuf outgoing = onLoop(OnOneEventLoop::outgoing);
            assertThat(onLoop(() -> catchThrowable(() -> endpoint.socket.send(DATAGRAM.clone(), null))))
                    .isInstanceOf(NullPointerException.class);
            assertThat(outgoing.refCnt()).isOne();
        }

        private Endpoint open() {
            return Endpoint.open(vertx, new UdpTransport(), ANY_PORT);
        }

        private <T> T onLoop(Supplier<T> task) {
            return Waiting.get(Waiting.onContext(vertx, () -> Future.succeededFuture(task.get())));
        }

        // What a datagram would be sent from now, with the bytes of the last one, and no longer held.
        private static ByteBuf outgoing() {
            ByteBuf buffer = LoopBuffers.toSend(new byte[0]);
            buffer.release();
            return buffer;
        }

        // What a datagram would be received into now, with the bytes of the last one, and no longer held.
        private static ByteBuf incoming() {
            ByteBuf buffer = LoopBuffers.toReceive(UnpooledByteBufAllocator.DEFAULT);
            buffer.release();
            return buffer;
        }

        private static byte[] startOf(ByteBuf buffer) {
            return ByteBufUtil.getBytes(buffer, 0, DATAGRAM.length);
        }
    }

    @Nested
    class OnTheJdk extends OnOneEventLoop {
        OnTheJdk() {
            super(false);
        }
    }

    @Nested
    class WhereNativeIsPreferred extends OnOneEventLoop {
        WhereNativeIsPreferred() {
            super(true);
        }
    }

    @Test
    void failsAndClosesItsChannelWhenThereIsNoMemory() {
        Vertx vertx = Vertx.vertx();
        try {
            DatagramChannel channel = new NioDatagramChannel();
            Future<UdpSocket> opening = Waiting.onContext(
                    vertx,
                    () -> UdpSocket.open(
                            (ContextInternal) vertx.getOrCreateContext(), channel, ANY_PORT, new ScarceMemory(1)));
            assertThat(Waiting.failure(opening)).isInstanceOf(OutOfMemoryError.class);
            assertThat(channel.isOpen()).isFalse();
        } finally {
            Waiting.get(vertx.close());
        }
    }
}
