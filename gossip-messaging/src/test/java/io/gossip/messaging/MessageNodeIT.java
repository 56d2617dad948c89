/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageNodeIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void aDirectMessageArrivesAndIsConfirmed() {
        MessageNode a = talkers.start("a");
        List<String> heard = inbox(talkers.start("b"));
        talkers.awaitPeers(1);

        Waiting.result(a.direct("b", Buffer.buffer("hello")));

        assertThat(heard).containsExactly("a: hello");
        assertThat(Waiting.result(a.statistics()).totalUnconfirmed()).isZero();
    }

    @Test
    void aBroadcastReachesEverybodyOnceAndNotItsSender() {
        List<List<String>> inboxes = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            inboxes.add(inbox(talkers.start(name)));
        }
        talkers.awaitPeers(3);

        Delivery delivery = Waiting.result(talkers.node("a").broadcast(Buffer.buffer("news")));

        assertThat(delivery.isComplete()).isTrue();
        assertThat(delivery.confirmed()).extracting("nodeId").containsExactlyInAnyOrder("b", "c", "d");
        assertThat(inboxes.get(0)).isEmpty();
        inboxes.subList(1, 4).forEach(heard -> assertThat(heard).containsExactly("a: news"));
    }

    @Test
    void manyMessagesOfBothKindsArriveOnceAndInOrder() {
        int count = 10_000;
        MessageNode a = talkers.start("a", Talkers.options().setMaxUnconfirmedMessages(3 * count));
        List<String> toB = inbox(talkers.start("b"));
        List<String> toC = inbox(talkers.start("c"));
        talkers.awaitPeers(2);

        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(a.direct("b", Buffer.buffer("d" + i)));
            sent.add(a.broadcast(Buffer.buffer("n" + i)));
        }
        Waiting.result(Future.join(sent));

        List<String> both = new ArrayList<>();
        List<String> news = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            both.add("a: d" + i);
            both.add("a: n" + i);
            news.add("a: n" + i);
        }
        assertThat(toB).isEqualTo(both);
        assertThat(toC).isEqualTo(news);
        MessageStatistics statistics = Waiting.result(a.statistics());
        assertThat(statistics.dataSent()).isEqualTo(3L * count);
        assertThat(statistics.acksReceived()).isEqualTo(3L * count);
        assertThat(statistics.totalUnconfirmed()).isZero();
    }

    @Test
    void aRequestGetsItsReply() {
        MessageNode a = talkers.start("a");
        answering(talkers.start("b"));
        talkers.awaitPeers(1);

        Buffer reply = Waiting.result(a.request("b", Buffer.buffer("2+2"), Duration.ofSeconds(20)));

        assertThat(reply).hasToString("re: 2+2");
    }

    @Test
    void everybodyIsAskedAtOnce() {
        MessageNode a = talkers.start("a");
        answering(talkers.start("b"));
        answering(talkers.start("c"));
        talkers.awaitPeers(2);

        Replies replies = Waiting.result(a.ask(Buffer.buffer("who"), Duration.ofSeconds(20)));

        assertThat(replies.isComplete()).isTrue();
        assertThat(replies.received())
                .hasSize(2)
                .allSatisfy((peer, reply) -> assertThat(reply).hasToString("re: who"));
    }

    @Test
    void refusesWhatCannotBeDelivered() {
        MessageNode a = talkers.start("a", Talkers.options().setMaxPayloadBytes(10));
        talkers.start("b");
        talkers.awaitPeers(1);

        assertThat(Waiting.failure(a.direct("nobody", Buffer.buffer("x"))))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.NO_SUCH_PEER));
        assertThat(Waiting.failure(a.direct("b", Buffer.buffer("eleven long"))))
                .hasMessageContaining("11 bytes, at most 10")
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.TOO_LARGE));
    }

    @Test
    void aReaderThatNeverReadsHoldsUpNobodyElse() {
        MessageNode a = talkers.start("a", Talkers.options().setMaxUnconfirmedMessages(100));
        talkers.start("deaf", Talkers.options().setMaxIncomingMessages(10));
        List<String> heard = inbox(talkers.start("c"));
        talkers.awaitPeers(2);

        List<Delivery> outcomes = Collections.synchronizedList(new ArrayList<>());
        Buffer payload = Buffer.buffer(new byte[10_000]);
        for (int i = 0; i < 500; i++) {
            a.broadcast(payload).onSuccess(outcomes::add);
            int sent = i + 1;
            Waiting.until(() -> heard.size() == sent, () -> heard.size() + " of " + sent);
        }

        // Who has heard the last one has not confirmed it yet.
        Waiting.until(
                () -> Waiting.result(a.statistics()).unconfirmed().size() == 1,
                () -> "" + Waiting.result(a.statistics()).unconfirmed());
        MessageStatistics statistics = Waiting.result(a.statistics());
        assertThat(statistics.totalUnconfirmed()).isEqualTo(100);
        assertThat(statistics.refused()).isEqualTo(400);
        Waiting.until(() -> outcomes.size() == 400, () -> "" + outcomes.size());
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.failed().values())
                        .singleElement()
                        .satisfies(failure ->
                                assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.QUEUE_FULL)));
    }

    @Test
    void countersOfBothEndsAgreeAndAreMetered() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MessageNode a = talkers.start("a", Talkers.options(), registry);
        MessageNode b = talkers.start("b", Talkers.options(), registry);
        inbox(a);
        inbox(b);
        talkers.awaitPeers(1);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
            sent.add(b.broadcast(Buffer.buffer("" + i)));
        }
        Waiting.result(Future.join(sent));
        talkers.awaitConfirmed();

        MessageStatistics ofA = Waiting.result(a.statistics());
        MessageStatistics ofB = Waiting.result(b.statistics());
        assertThat(ofA.dataSent()).isEqualTo(100).isEqualTo(ofB.dataReceived()).isEqualTo(ofB.acksSent());
        assertThat(ofB.dataSent()).isEqualTo(100).isEqualTo(ofA.dataReceived()).isEqualTo(ofA.acksSent());
        assertThat(ofA)
                .hasToString("LiveNodes: 2 of 2, Unconfirmed: 0, Data sent: 100, Data received: 100, Ack sent: 100, "
                        + "Ack received: 100");
        assertThat(registry.get("gossip.messages")
                        .tag("node", "a")
                        .tag("direction", "sent")
                        .functionCounter()
                        .count())
                .isEqualTo(100);
        assertThat(registry.get("gossip.messages.queue")
                        .tag("node", "a")
                        .tag("channel", "outgoing")
                        .gauge()
                        .value())
                .isZero();
        Waiting.result(a.close());
        assertThat(registry.getMeters())
                .isNotEmpty()
                .allSatisfy(meter -> assertThat(meter.getId().getTag("node")).isEqualTo("b"));
        Waiting.result(b.close());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aNodeThatStartsItsGossipIsMeteredWithIt() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        GossipOptions gossip = new GossipOptions();
        gossip.getNode().setNodeId("n").setListenAddress("127.0.0.1:0");

        MessageNode node = Waiting.result(
                MessageNode.start(talkers.vertx, new MessageNodeOptions(gossip, Talkers.options()), registry));

        assertThat(registry.find("gossip.messages.queue").gauges()).hasSize(2);
        assertThat(registry.getMeters())
                .as("those of the gossip as well")
                .anySatisfy(meter -> assertThat(meter.getId().getName()).doesNotContain("messages"));
        Waiting.result(node.close());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aMemberThatLeavesIsNoLongerWaitedFor() {
        MessageNode a = talkers.start("a");
        talkers.start("b"); // nobody reads there
        talkers.awaitPeers(1);
        Future<Void> sent = a.direct("b", Buffer.buffer("hello"));

        talkers.stop("b");

        assertThat(Waiting.failure(sent))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.PEER_GONE));
        assertThat(Waiting.result(a.statistics()).unconfirmed()).isEqualTo(Map.of());
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.sender().nodeId() + ": " + message.payload()));
        return heard;
    }

    @Test
    void aSecondJoinThatFailsTakesNothingBack() {
        talkers.start("a");
        talkers.start("b");
        talkers.awaitPeers(1);

        Throwable refused = Waiting.failure(
                MessageNode.join(talkers.vertx, "b", Talkers.options().setAdvertiseAddress("0.0.0.0:0")));
        talkers.start("c"); // knows only what is told from now on

        assertThat(refused).hasMessageContaining("set advertiseAddress");
        talkers.awaitPeers(2);
    }

    @Test
    void aCallerThatFailsWhenItIsToldHoldsUpNobody() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        List<String> heard = inbox(b);
        b.incoming().pause();
        talkers.awaitPeers(1);
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)).onSuccess(told -> {
                throw new IllegalStateException("a mistake of the application, as this test wants it");
            }));
        }
        Waiting.until(() -> Waiting.result(b.statistics()).incoming() == 50, () -> "not all there");

        b.incoming().resume(); // all are confirmed at once

        Waiting.result(Future.join(sent));
        Waiting.result(a.direct("b", Buffer.buffer("one more")));
        assertThat(heard).hasSize(51);
    }

    private static void answering(MessageNode node) {
        node.incoming().handler(message -> message.reply(Buffer.buffer("re: " + message.payload())));
    }
}
