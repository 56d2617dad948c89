/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameException;
import io.gossip.messaging.frame.FrameReader;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that sends and sends, and does not read what is confirmed to it. */
class UnreadConfirmationsIT {
    private static final PeerId SELF = new PeerId("self", 1, 1);
    private static final PeerId PEER = new PeerId("peer", 1, 1);
    private static final int KERNEL_BYTES = 8 << 10;

    /** The most that is kept for one connection, its buffers in the kernel included. */
    private static final long LIMIT_BYTES = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final Counters counters = new Counters(ChannelMetrics.NONE);
    private final Promise<Connection> opened = Promise.promise();
    private final NetServer server = vertx.createNetServer(new NetServerOptions().setSendBufferSize(KERNEL_BYTES));

    @AfterEach
    void close() {
        Waiting.result(vertx.close());
    }

    @Test
    void isReadNoFurtherUntilItReadsAndLosesNothing() throws IOException, FrameException {
        Context context = vertx.getOrCreateContext();
        int port = Waiting.result(listen(context)).actualPort();
        try (Socket peer = new Socket()) {
            peer.setReceiveBufferSize(KERNEL_BYTES);
            peer.setSoTimeout(60_000);
            peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            AtomicLong written = new AtomicLong();
            CompletableFuture<Void> stop = new CompletableFuture<>();
            Thread writer = new Thread(() -> write(peer, written, stop));
            writer.start();
            Connection connection = Waiting.result(opened.future());

            Waiting.until(() -> !isReading(context, connection), () -> written + " messages, and none too many");
            long received = counters.dataReceived.sum();
            stop.complete(null); // what is written already is read in the end
            long bytes = readUntilConfirmed(peer.getInputStream(), received);

            System.out.println("UnreadConfirmationsIT: " + bytes + " bytes of " + received + " confirmations waited");
            assertThat(bytes).as("bytes that waited to be read").isLessThan(LIMIT_BYTES);
            while (writer.isAlive() || confirmed < written.get()) {
                readUntilConfirmed(peer.getInputStream(), written.get());
                Thread.onSpinWait();
            }
            assertThat(counters.dataReceived.sum()).isEqualTo(written.get());
            assertThat(counters.repeated.sum()).isZero();
        }
    }

    private Future<NetServer> listen(Context context) {
        Promise<NetServer> listening = Promise.promise();
        context.runOnContext(turn -> {
            PendingReplies replies = new PendingReplies(vertx);
            Receiver receiver = new Receiver(
                    SELF, context, Talkers.options(), counters, replies, (request, reply) -> Future.succeededFuture());
            receiver.stream().handler(message -> {});
            server.connectHandler(socket ->
                            opened.complete(new Connection(vertx, socket, Talkers.options(), new Handing(receiver))))
                    .listen(0, "127.0.0.1")
                    .onComplete(listening);
        });
        return listening.future();
    }

    private static boolean isReading(Context context, Connection connection) {
        Promise<Boolean> reading = Promise.promise();
        context.runOnContext(turn -> reading.complete(connection.isReading()));
        return Waiting.result(reading.future());
    }

    private static void write(Socket peer, AtomicLong written, CompletableFuture<Void> stop) {
        try {
            peer.getOutputStream().write(ForeignVisitor.hello(PEER).getBytes());
            while (!stop.isDone()) {
                long sequence = written.get() + 1;
                peer.getOutputStream()
                        .write(ForeignVisitor.data(PEER, SELF, sequence, Buffer.buffer("x"))
                                .getBytes());
                written.set(sequence);
            }
        } catch (IOException closed) {
            stop.completeExceptionally(closed);
        }
    }

    private final FrameReader reader = new FrameReader();
    private long confirmed;

    /** How many bytes came until as many messages as that are confirmed, each once and in order. */
    private long readUntilConfirmed(InputStream in, long messages) throws IOException, FrameException {
        byte[] piece = new byte[1 << 12];
        long bytes = 0;
        while (confirmed < messages) {
            int count = in.read(piece);
            assertThat(count).as("bytes after %s confirmations", confirmed).isPositive();
            bytes += count;
            reader.add(Buffer.buffer().appendBytes(piece, 0, count));
            for (Frame frame = reader.next(1 << 16); frame != null; frame = reader.next(1 << 16)) {
                if (frame instanceof Frame.Ack ack) {
                    for (long sequence : ack.sequences()) {
                        assertThat(sequence).isEqualTo(++confirmed);
                    }
                }
            }
        }
        return bytes;
    }
}
