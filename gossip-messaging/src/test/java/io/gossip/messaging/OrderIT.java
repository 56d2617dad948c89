/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages arrive once and in order, whatever is lost in between. */
class OrderIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void whatAProxyLostDoesNotComeAfterWhatWasSentLater() {
        MessageProxy proxy = talkers.startProxy("p");
        FaultyWire wire = new FaultyWire(
                talkers.vertx, HostPort.parse("proxy", proxy.address()).port());
        MessageNode a = talkers.start("a", Talkers.options().setProxies(List.of(proxy.address())));
        MessageNode b = talkers.start("b", Talkers.options().setProxies(List.of("127.0.0.1:" + wire.port())));
        List<String> heard = inbox(b);
        talkers.awaitPeers(1);
        Waiting.result(a.direct("b", Buffer.buffer("0")));
        int count = 300;
        List<Future<?>> sent = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger(1);
        talkers.vertx.setPeriodic(10, timer -> {
            int number = next.getAndIncrement();
            if (number == 50) {
                wire.cut();
            }
            sent.add(a.direct("b", Buffer.buffer("" + number)));
            if (number == count) {
                talkers.vertx.cancelTimer(timer);
            }
        });

        Waiting.until(() -> sent.size() == count, () -> sent.size() + " sent");
        Waiting.result(Future.join(List.copyOf(sent)));

        assertThat(heard).containsExactlyElementsOf(numbers(0, count + 1));
    }

    @Test
    void aMemberThatTakesUpTalkingAgainIsHeardFromTheStart() {
        MessageNode a = talkers.start("a");
        List<String> heard = inbox(talkers.start("b"));
        talkers.awaitPeers(1);
        for (int i = 0; i < 5; i++) {
            Waiting.result(a.direct("b", Buffer.buffer("" + i)));
        }

        Waiting.result(a.close());
        MessageNode again = Waiting.result(MessageNode.join(talkers.vertx, "a", Talkers.options()));
        Waiting.until(() -> again.peers().current().size() == 1, () -> "nobody there");
        for (int i = 5; i < 12; i++) {
            Waiting.result(again.direct("b", Buffer.buffer("" + i)));
        }

        assertThat(heard).containsExactlyElementsOf(numbers(0, 12));
    }

    @Test
    void aReceiverThatTakesUpTalkingAgainGetsNothingOfItsFormerTalk() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b"); // does not read
        talkers.awaitPeers(1);
        PeerId former = ForeignVisitor.id(a, "b");
        Future<Void> toFormer = a.direct("b", Buffer.buffer("before"));

        Waiting.result(b.close());
        MessageNode again = Waiting.result(MessageNode.join(talkers.vertx, "b", Talkers.options()));
        List<String> heard = inbox(again);
        Waiting.until(
                () -> a.peers().current().size() == 1 && !a.peers().current().containsKey(former),
                () -> "" + a.peers().current());
        Waiting.result(a.direct("b", Buffer.buffer("after")));

        assertThat(Waiting.failure(toFormer))
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.PEER_GONE));
        assertThat(heard).containsExactly("after");
    }

    @Test
    void aRelayBehindAProxyDoesNotHoldUpItsOwnAcknowledgements() {
        String proxy = talkers.startProxy("p").address();
        MessagingOptions options = Talkers.options().setProxies(List.of(proxy)).setMaxIncomingMessages(10);
        MessageNode a = talkers.start("a", options);
        MessageNode b = talkers.start("b", options);
        List<String> heard = inbox(talkers.start("c", options));
        talkers.awaitPeers(2);
        b.incoming().pause();
        b.incoming()
                .handler(message -> b.direct("c", message.payload())
                        .onComplete(done -> b.incoming().fetch(1)));
        b.incoming().fetch(1);

        for (int i = 0; i < 300; i++) {
            a.direct("b", Buffer.buffer("" + i));
        }

        Waiting.until(() -> heard.size() >= 300, () -> heard.size() + " relayed");
        assertThat(heard).containsExactlyElementsOf(numbers(0, 300));
    }

    @Test
    void aReaderThatNeverReadsMakesNobodyElseHearTwice() {
        String proxy = talkers.startProxy("p").address();
        MessagingOptions options = Talkers.options()
                .setProxies(List.of(proxy))
                .setMaxIncomingMessages(10)
                .setResendDelay(Duration.ofSeconds(2)); // or a stall of the machine has c hear twice
        MessageNode a = talkers.start("a", options);
        MessageNode c = talkers.start("c", options);
        talkers.start("deaf", options);
        List<String> heard = inbox(c);
        talkers.awaitPeers(2);

        for (int i = 0; i < 500; i++) {
            a.broadcast(Buffer.buffer("" + i));
        }

        Waiting.until(() -> heard.size() >= 500, () -> heard.size() + " heard");
        Waiting.until(() -> Waiting.result(a.statistics()).resent() >= 3 * 16, () -> "" + a.statistics());
        assertThat(heard).containsExactlyElementsOf(numbers(0, 500));
        assertThat(Waiting.result(c.statistics()).repeated()).isZero();
    }

    @Test
    void aFullQueueThatNobodyEmptiesKeepsNoMoreThanItsBound() {
        MessageNode a = talkers.start(
                "a",
                Talkers.options()
                        .setFullQueuePolicy(FullQueuePolicy.DROP_OLDEST)
                        .setMaxUnconfirmedMessages(10)
                        .setProxies(List.of(talkers.startProxy("p").address())));
        List<String> heard = inbox(talkers.start("b"));
        talkers.awaitPeers(1);
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
        }

        Waiting.result(sent.get(4_999));

        Waiting.until(() -> sent.stream().allMatch(Future::isComplete), () -> "some wait for ever");
        assertThat(heard)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((x, y) -> Integer.compare(Integer.parseInt(x), Integer.parseInt(y)));
    }

    @Test
    void whatAConnectionMayNotSayForAMomentIsSaidAgain() {
        MessageNode a = talkers.start("a", Talkers.patientOptions());
        List<String> heard = inbox(talkers.start("b", Talkers.patientOptions())); // the visitor says hello only
        talkers.start("c");
        talkers.awaitPeers(2);
        ForeignVisitor visitor = new ForeignVisitor(talkers.vertx, ForeignVisitor.port(a, "b"));
        PeerId c = ForeignVisitor.id(a, "c");
        visitor.write(ForeignVisitor.hello(c));
        visitor.awaitHello();

        talkers.stop("c");

        assertThat(visitor.awaitClose()).contains("not known here any longer");
        assertThat(heard).isEmpty();
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return heard;
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
