/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that sends faster than the application reads, one message at a time. */
class SlowReaderIT {
    private static final PeerId SELF = new PeerId("self", 1, 1);
    private static final PeerId PEER = new PeerId("peer", 1, 1);
    private static final int KERNEL_BYTES = 64 << 10;
    private static final int TOTAL = 200_000;
    private static final int AT_ONCE = 100;
    private static final int ONE_BY_ONE = 400;

    /** The most that is kept for one connection, its buffers in the kernel included; a fraction of what is sent. */
    private static final long LIMIT_BYTES = 4 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Counters counters = new Counters(ChannelMetrics.NONE);
    private final NetServer server = vertx.createNetServer(
            new NetServerOptions().setSendBufferSize(KERNEL_BYTES).setReceiveBufferSize(KERNEL_BYTES));
    private final MessagingOptions options = Talkers.patientOptions().setMaxIncomingMessages(2);
    private final Receiver receiver = new Receiver(
            SELF, context, options, counters, new PendingReplies(vertx), (request, reply) -> Future.succeededFuture());
    private final AtomicLong readCount = new AtomicLong();
    private final AtomicReference<@Nullable String> disorder = new AtomicReference<>();
    private final AtomicLong writtenBytes = new AtomicLong();

    @AfterEach
    void close() {
        Waiting.result(vertx.close());
    }

    @Test
    void holdsThePeerBackAndLosesNothing() throws Exception {
        int port = Waiting.result(listen()).actualPort();
        receiver.stream().pause();
        receiver.stream().handler(this::note);
        try (Socket peer = new Socket()) {
            peer.setSendBufferSize(KERNEL_BYTES);
            peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Thread writer = new Thread(() -> write(peer));
            Thread reader = new Thread(() -> discard(peer));
            writer.start();
            reader.start();

            long frameBytes = frame(1).length();
            long most = 0;
            for (int i = 1; i <= ONE_BY_ONE; i++) {
                long count = i;
                receiver.stream().fetch(1);
                Waiting.until(() -> readCount.get() >= count, () -> readCount + " messages read, not " + count);
                most = Math.max(most, writtenBytes.get() - i * frameBytes);
                assertThat(most)
                        .as("bytes kept for the peer after %s messages were read", i)
                        .isLessThan(LIMIT_BYTES);
            }
            System.out.println("SlowReaderIT: at most " + most + " bytes were kept");
            assertThat(readCount).as("no more than was asked for").hasValue(ONE_BY_ONE);
            receiver.stream().resume();

            Waiting.until(() -> readCount.get() == TOTAL, () -> readCount + " messages read");
            writer.join();
        }
        assertThat(counters.repeated.sum()).isZero();
        assertThat(disorder).hasNullValue();
    }

    private Future<NetServer> listen() {
        Promise<NetServer> listening = Promise.promise();
        context.runOnContext(
                turn -> server.connectHandler(socket -> new Connection(vertx, socket, options, new Handing(receiver)))
                        .listen(0, "127.0.0.1")
                        .onComplete(listening));
        return listening.future();
    }

    private void note(IncomingMessage message) {
        String expected = "" + (readCount.get() + 1);
        if (!message.payload().toString().equals(expected)) {
            disorder.compareAndSet(null, message.payload() + " instead of " + expected);
        }
        readCount.incrementAndGet();
    }

    private void write(Socket peer) {
        try {
            peer.getOutputStream().write(ForeignVisitor.hello(PEER).getBytes());
            for (long sequence = 1; sequence <= TOTAL; sequence += AT_ONCE) {
                Buffer frames = Buffer.buffer();
                LongStream.range(sequence, sequence + AT_ONCE).forEach(each -> frames.appendBuffer(frame(each)));
                peer.getOutputStream().write(frames.getBytes());
                writtenBytes.addAndGet(frames.length());
            }
        } catch (IOException closed) {
            disorder.compareAndSet(null, "" + closed);
        }
    }

    private static Buffer frame(long sequence) {
        return ForeignVisitor.data(PEER, SELF, sequence, Buffer.buffer("" + sequence));
    }

    // Else the connection would not be read because of that.
    private static void discard(Socket peer) {
        try {
            InputStream in = peer.getInputStream();
            byte[] piece = new byte[1 << 12];
            while (in.read(piece) >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }
}
