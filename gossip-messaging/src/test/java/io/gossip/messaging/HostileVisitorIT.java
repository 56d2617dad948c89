/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member hears from those who do not keep to the rules of a connection. */
class HostileVisitorIT {

    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void whatFollowsARefusedHelloIsNotHeard() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        List<String> heard = inbox(b);
        talkers.awaitPeers(1);
        ForeignVisitor visitor = new ForeignVisitor(talkers.vertx, ForeignVisitor.port(a, "b"));
        PeerId idOfA = ForeignVisitor.id(b, "a");
        PeerId idOfB = ForeignVisitor.id(a, "b");

        visitor.write(FrameCodec.encode(new Frame.Hello(Role.MEMBER, "elsewhere", idOfA))
                .appendBuffer(ForeignVisitor.data(idOfA, idOfB, 1, Buffer.buffer("forged"))));

        assertThat(visitor.awaitClose()).contains("not 'elsewhere'");
        Waiting.result(a.direct("b", Buffer.buffer("true")));
        assertThat(heard).containsExactly("true");
    }

    @Test
    void whatFollowsAHelloThatTheCertificateDoesNotProveIsNotHeard(@TempDir Path folder) {
        Authority authority = new Authority(folder);
        MessageNode a = talkers.start("a", Talkers.options().setTls(authority.issue("a", "a")));
        MessageNode b = talkers.start("b", Talkers.options().setTls(authority.issue("b", "b")));
        List<String> heard = inbox(b);
        talkers.awaitPeers(1);
        MessagingTls files = authority.issue("mallory", "mallory");
        NetClientOptions options = new NetClientOptions().setSsl(true).setHostnameVerificationAlgorithm("");
        options.setKeyCertOptions(
                new PemKeyCertOptions().addCertPath(files.certificatePath()).addKeyPath(files.keyPath()));
        options.setTrustOptions(new PemTrustOptions().addCertPath(files.trustPath()));
        ForeignVisitor mallory = new ForeignVisitor(talkers.vertx, ForeignVisitor.port(a, "b"), options);

        PeerId idOfA = ForeignVisitor.id(b, "a");
        Buffer forged = ForeignVisitor.data(idOfA, ForeignVisitor.id(a, "b"), 1, Buffer.buffer("forged by mallory"));
        mallory.socket.write(ForeignVisitor.hello(idOfA).appendBuffer(forged));

        assertThat(mallory.awaitClose()).contains("does not name 'a'");
        Waiting.result(a.direct("b", Buffer.buffer("true")));
        assertThat(heard).containsExactly("true");
    }

    @Test
    void aFrameThatWasCutOffIsNoMessage() {
        MessageNode a = talkers.start("a");
        List<String> heard = inbox(talkers.start("b", Talkers.patientOptions()));
        talkers.start("c");
        talkers.awaitPeers(2);
        int port = ForeignVisitor.port(a, "b");
        Buffer whole = ForeignVisitor.data(
                ForeignVisitor.id(a, "c"), ForeignVisitor.id(a, "b"), 1, Buffer.buffer("0123456789"));
        ForeignVisitor first = new ForeignVisitor(talkers.vertx, port);
        first.write(ForeignVisitor.hello(ForeignVisitor.id(a, "c")));
        first.awaitHello();

        first.write(whole.getBuffer(0, whole.length() - 5));
        first.close();
        ForeignVisitor second = new ForeignVisitor(talkers.vertx, port);
        second.write(ForeignVisitor.hello(ForeignVisitor.id(a, "c")));
        second.awaitHello();
        second.write(whole);

        Waiting.until(() -> !heard.isEmpty(), () -> "nothing heard");
        assertThat(heard).containsExactly("0123456789");
    }

    @Test
    void aFrameMayTakeLongerThanTheSilenceTimeout() {
        MessageNode a = talkers.start("a");
        List<String> heard = inbox(talkers.start("b", Talkers.options().setSilenceTimeout(Duration.ofSeconds(2))));
        talkers.start("c");
        talkers.awaitPeers(2);
        ForeignVisitor slow = new ForeignVisitor(talkers.vertx, ForeignVisitor.port(a, "b"));
        Buffer frame = ForeignVisitor.data(
                ForeignVisitor.id(a, "c"), ForeignVisitor.id(a, "b"), 1, Buffer.buffer("0123456789".repeat(2)));
        slow.write(ForeignVisitor.hello(ForeignVisitor.id(a, "c")));
        int pieces = 20;

        talkers.vertx.setPeriodic(150, new Handler<>() {
            private int sent;

            @Override
            public void handle(Long timer) {
                int from = frame.length() * sent / pieces;
                int to = frame.length() * ++sent / pieces;
                slow.socket.write(frame.getBuffer(from, to));
                if (sent == pieces) {
                    talkers.vertx.cancelTimer(timer);
                }
            }
        });

        Waiting.until(() -> !heard.isEmpty(), () -> "nothing heard");
    }

    @Test
    void aStrangerMayNotSendALargeFrame() {
        MessageNode a = talkers.start("a");
        talkers.start("b");
        talkers.awaitPeers(1);
        ForeignVisitor stranger = new ForeignVisitor(talkers.vertx, ForeignVisitor.port(a, "b"));

        stranger.write(Buffer.buffer().appendInt(5_000));

        assertThat(stranger.awaitClose()).contains("at most 4096 are allowed");
    }

    @Test
    void aHostThatFreezesWithFullBuffersIsNoticed() throws IOException {
        MessageNode a = talkers.start("a", Talkers.options().setMaxUnconfirmedBytes(64 << 20));
        List<Socket> accepted = new CopyOnWriteArrayList<>();
        try (ServerSocket blackHole = new ServerSocket()) {
            blackHole.setReceiveBufferSize(4_096);
            blackHole.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            talkers.start("b", Talkers.options().setAdvertiseAddress("127.0.0.1:" + blackHole.getLocalPort()));
            talkers.awaitPeers(1);
            Buffer hello = ForeignVisitor.hello(ForeignVisitor.id(a, "b"));
            Thread greeter = new Thread(() -> greetAll(blackHole, accepted, hello));
            greeter.start();

            for (int i = 0; i < 30; i++) {
                a.direct("b", Buffer.buffer(new byte[1 << 20]));
            }

            Waiting.until(() -> accepted.size() > 1, () -> "still waits for the first connection");
        }
    }

    private static void greetAll(ServerSocket server, List<Socket> accepted, Buffer hello) {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.getOutputStream().write(hello.getBytes());
                accepted.add(socket);
            }
        } catch (IOException closed) {
            for (Socket socket : accepted) {
                try {
                    socket.close();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        }
    }

    @Test
    void closingDoesNotWaitForAReaderThatNeverReads() throws IOException {
        Promise<String> told = Promise.promise();
        Promise<Void> gone = Promise.promise();
        Buffer piece =
                ForeignVisitor.data(new PeerId("a", 1, 1), new PeerId("b", 1, 1), 1, Buffer.buffer(new byte[100_000]));
        NetServer server = talkers.vertx.createNetServer().connectHandler(socket -> {
            Connection connection = new Connection(talkers.vertx, socket, Talkers.options(), new Told(told));
            for (int i = 0; i < 200; i++) {
                connection.send(piece);
            }
            connection.close("enough");
            connection.close("once more");
            // What the connection sets for itself comes first.
            talkers.vertx.setPeriodic(
                    20,
                    timer -> socket.write(Buffer.buffer("x")).onFailure(closed -> {
                        talkers.vertx.cancelTimer(timer);
                        gone.tryComplete();
                    }));
        });
        int port = Waiting.result(server.listen(0, "127.0.0.1")).actualPort();
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            assertThat(Waiting.result(told.future())).isEqualTo("enough");
            Waiting.result(gone.future());
        }
    }

    /** Only remembers the end. */
    private record Told(Promise<String> end) implements Connection.Owner {
        @Override
        public void greeted(Connection connection, Frame.Hello hello) {}

        @Override
        public void received(Connection connection, Frame frame) {}

        @Override
        public void writable(Connection connection) {}

        @Override
        public void closed(Connection connection, String reason) {
            end.complete(reason);
        }
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return heard;
    }
}
