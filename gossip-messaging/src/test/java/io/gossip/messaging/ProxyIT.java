/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipService;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.Role;
import io.gossip.transport.HostPort;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a proxy does to those connected with it, and what becomes of messages when it ends. */
class ProxyIT {
    private static final int LIMIT_BYTES = 1 << 20;

    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void aConnectionThatIsNeverReadIsCutAndHoldsUpNobody() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MessageProxy proxy = talkers.startProxy("p", Talkers.options().setMaxUnconfirmedBytes(LIMIT_BYTES), registry);
        MessagingOptions behind = Talkers.options()
                .setProxies(List.of(proxy.address()))
                .setMaxUnconfirmedMessages(65_536)
                .setMaxUnconfirmedBytes(256 << 20);
        MessageNode a = talkers.start("a", behind);
        List<String> heard = inbox(talkers.start("c", behind));
        talkers.gossip("deaf");
        Waiting.result(GossipService.create(talkers.vertx, "deaf")
                .serveMessages("{\"address\":\"127.0.0.1:1\",\"run\":5,\"proxies\":[\"" + proxy.address() + "\"]}"));
        talkers.awaitPeers(2);
        int count = 400;
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(),
                    HostPort.parse("proxy", proxy.address()).port()));
            deaf.getOutputStream()
                    .write(FrameCodec.encode(new Frame.Hello(Role.SUBSCRIBER, "test", ForeignVisitor.id(a, "deaf")))
                            .getBytes());
            Waiting.until(() -> available(deaf) > 0, () -> "no hello from the proxy");

            for (int i = 0; i < count; i++) {
                a.broadcast(payload(i));
            }

            Waiting.until(() -> heard.size() >= count, () -> heard.size() + " heard");
        }
        assertThat(heard).containsExactlyElementsOf(numbers(count));
        Waiting.until(() -> proxy.statistics().connectionsCut() > 0, () -> "" + proxy.statistics());
        assertThat(proxy.statistics().mostWaitingBytes())
                .as("bytes kept for one connection")
                .isBetween(LIMIT_BYTES / 2L, (long) LIMIT_BYTES);
        assertThat(registry.get("gossip.proxy.connections.cut")
                        .tag("node", "p")
                        .functionCounter()
                        .count())
                .isPositive();
        assertThat(registry.get("gossip.proxy.frames")
                        .tag("outcome", "forwarded")
                        .functionCounter()
                        .count())
                .isGreaterThanOrEqualTo(count);
        Waiting.result(proxy.close());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void behindOneProxyMembersAndTheProxyMayBeKilledAndStartedAnew() {
        String listen = "127.0.0.1:" + FreePorts.next();
        MessagingOptions proxyOptions = Talkers.options().setListenAddress(listen);
        talkers.startProxy("p", proxyOptions);
        MessagingOptions behind = Talkers.options().setProxies(List.of(listen)).setMaxUnconfirmedMessages(20_000);
        MessageNode a = talkers.start("a", behind);
        List<String> heard = inbox(talkers.start("b", behind));
        List<String> heardByFormer = inbox(talkers.start("c", behind));
        talkers.awaitPeers(2);
        int count = 4_000;
        List<Future<Delivery>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(a.broadcast(Buffer.buffer("" + i)));
            if (i == count / 4) {
                talkers.kill("c");
            }
            if (i == count / 2) {
                talkers.killProxy("p");
                talkers.startProxy("p", proxyOptions);
            }
        }
        List<String> heardByLatter = inbox(talkers.start("c", behind));
        sent.forEach(Waiting::result);

        assertThat(heard).containsExactlyElementsOf(numbers(count));
        assertThat(heardByFormer).doesNotHaveDuplicates();
        talkers.awaitPeers(2);
        Waiting.result(a.direct("c", Buffer.buffer("welcome back")));
        assertThat(heardByLatter).doesNotHaveDuplicates().contains("welcome back");
        talkers.awaitConfirmed();
        MessageStatistics statistics = Waiting.result(a.statistics());
        assertThat(statistics.acksReceived() + statistics.givenUp()).isEqualTo(statistics.dataSent());
    }

    @Test
    void behindTwoProxiesTheSecondCarriesOnWhenTheFirstIsKilledAndTheFirstTakesPartAgain() {
        String first = "127.0.0.1:" + FreePorts.next();
        String second = "127.0.0.1:" + FreePorts.next();
        talkers.startProxy("p1", Talkers.options().setListenAddress(first));
        talkers.startProxy("p2", Talkers.options().setListenAddress(second));
        MessagingOptions options = Talkers.options().setMaxUnconfirmedMessages(20_000);
        MessageNode a = talkers.start("a", new MessagingOptions(options).setProxies(List.of(first, second)));
        MessageNode b = talkers.start("b", new MessagingOptions(options).setProxies(List.of(second, first)));
        MessageNode c = talkers.start("c", options);
        List<List<String>> inboxes = List.of(inbox(a), inbox(b), inbox(c));
        talkers.awaitPeers(2);
        int count = 3_000;
        List<Future<Delivery>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (MessageNode node : List.of(a, b, c)) {
                sent.add(node.broadcast(Buffer.buffer("" + i)));
            }
            if (i == count / 3) {
                talkers.killProxy("p1");
            }
            if (i == 2 * count / 3) {
                talkers.startProxy("p1", Talkers.options().setListenAddress(first));
            }
        }
        sent.forEach(one -> assertThat(Waiting.result(one).failed()).isEmpty());

        inboxes.forEach(heard -> assertThat(heard).hasSize(2 * count));
        talkers.killProxy("p2");
        Waiting.result(a.direct("b", Buffer.buffer("through the first again")));
        assertThat(inboxes.get(1)).last().isEqualTo("through the first again");
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Buffer payload(int number) {
        return Buffer.buffer(new byte[20_000]).setInt(0, number);
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming()
                .handler(message -> heard.add(
                        message.payload().length() == 20_000
                                ? "" + message.payload().getInt(0)
                                : message.payload().toString()));
        return heard;
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
