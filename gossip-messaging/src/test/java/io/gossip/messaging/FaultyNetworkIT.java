/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyNetworkIT {
    private static final int CLOSE_WITHIN_MILLIS = 60_000;

    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void nothingIsLostOrDoubledWhenConnectionsBreak() {
        MessageNode a = talkers.start("a", Talkers.options().setMaxUnconfirmedMessages(50_000));
        Behind b = behind("b");
        talkers.awaitPeers(1);
        int count = 20_000;
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
            if (i % 4_000 == 3_999) {
                int enough = i / 2;
                Waiting.until(() -> b.heard.size() > enough, () -> b.heard.size() + " of " + enough);
                b.wire.cut();
            }
        }

        Waiting.result(Future.join(sent));

        assertThat(b.heard).containsExactlyElementsOf(numbers(count));
        assertThat(b.wire.connections()).as("connections").isGreaterThanOrEqualTo(3);
    }

    @Test
    void aHalfOpenConnectionIsNoticedAndReplaced() {
        MessageNode a = talkers.start("a", Talkers.soonNoticingSilence());
        Behind b = behind("b");
        talkers.awaitPeers(1);
        Waiting.result(a.direct("b", Buffer.buffer("0")));

        b.wire.stall();
        Future<Void> lost = a.direct("b", Buffer.buffer("1"));
        int before = b.wire.connections();
        Waiting.until(() -> b.wire.connections() > before, () -> "no new connection");
        b.wire.recover();
        Waiting.result(lost);

        assertThat(b.heard).containsExactly("0", "1");
    }

    @Test
    void aSlowWireKeepsOrder() {
        MessageNode a = talkers.start("a");
        Behind b = behind("b");
        b.wire.delay(20);
        talkers.awaitPeers(1);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
        }

        Waiting.result(Future.join(sent));

        assertThat(b.heard).containsExactlyElementsOf(numbers(1_000));
    }

    @Test
    void garbageOnThePortHarmsNobody() throws IOException {
        long randomSeed = new Random().nextLong();
        System.out.println("FaultyNetworkIT: random seed " + randomSeed);
        Random random = new Random(randomSeed);
        MessageNode a = talkers.start("a");
        Behind b = behind("b", Talkers.soonNoticingSilence()); // some of it looks like a frame that is not all there
        talkers.awaitPeers(1);

        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(garbage);
            if (i % 2 == 0) { // half of them with a length that looks right
                garbage = Buffer.buffer()
                        .appendInt(garbage.length)
                        .appendBytes(garbage)
                        .getBytes();
            }
            sendAndAwaitClose(b.port, Buffer.buffer(garbage));
        }

        Waiting.result(a.direct("b", Buffer.buffer("still here")));
        assertThat(b.heard).containsExactly("still here");
    }

    @Test
    void whoIsNoMemberIsTurnedAway() throws IOException {
        talkers.start("a");
        Behind b = behind("b");
        talkers.awaitPeers(1);

        Buffer hello = FrameCodec.encode(new Frame.Hello(Role.MEMBER, "test", new PeerId("stranger", 1, 0)));
        String answer = sendAndAwaitClose(b.port, hello);

        assertThat(answer).contains("stranger@1 is not known here");
        Buffer other = FrameCodec.encode(new Frame.Hello(Role.MEMBER, "elsewhere", new PeerId("a", 1, 0)));
        assertThat(sendAndAwaitClose(b.port, other)).contains("cluster 'test' here, not 'elsewhere'");
    }

    @Test
    void aMemberThatSpeaksForAnotherIsCutOff() throws IOException {
        MessageNode a = talkers.start("a");
        talkers.start("c");
        Behind b = behind("b");
        talkers.awaitPeers(2);
        PeerId liar = id(a, "c");
        PeerId victim = new PeerId("a", 1, 0);

        Buffer bytes = FrameCodec.encode(new Frame.Hello(Role.PROXY, "test", liar))
                .appendBuffer(FrameCodec.encode(new Frame.Data(
                        victim, null, true, 1, 0, Frame.Kind.PLAIN, 0, 0, false, Buffer.buffer("I am a"))));
        String answer = sendAndAwaitClose(b.port, bytes);

        assertThat(answer).contains("c@2 speaks for a@1");
        assertThat(b.heard).isEmpty();
    }

    private static PeerId id(MessageNode seenBy, String nodeId) {
        return seenBy.peers().current().keySet().stream()
                .filter(peer -> peer.nodeId().equals(nodeId))
                .findFirst()
                .orElseThrow();
    }

    // A plain socket: nothing but this method closes it.
    private static String sendAndAwaitClose(int port, Buffer bytes) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(CLOSE_WITHIN_MILLIS);
            socket.getOutputStream().write(bytes.getBytes());
            byte[] piece = new byte[4_096];
            for (int count = socket.getInputStream().read(piece);
                    count >= 0;
                    count = socket.getInputStream().read(piece)) {
                answer.write(piece, 0, count);
            }
        } catch (SocketException reset) {
            // Who closes before all was read resets the connection: an end like another.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    /** A member whose connections all go over a faulty wire. */
    private record Behind(MessageNode node, int port, FaultyWire wire, List<String> heard) {}

    private Behind behind(String name) {
        return behind(name, Talkers.options());
    }

    private Behind behind(String name, MessagingOptions options) {
        int port = FreePorts.next();
        FaultyWire wire = new FaultyWire(talkers.vertx, port);
        MessageNode node = talkers.start(
                name,
                options.setListenAddress("127.0.0.1:" + port)
                        .setAdvertiseAddress("127.0.0.1:" + wire.port())
                        .setDeadPeerPatience(Duration.ofMinutes(5)));
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return new Behind(node, port, wire, heard);
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add("" + i);
        }
        return numbers;
    }
}
