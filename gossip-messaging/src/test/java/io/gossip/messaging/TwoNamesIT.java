/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One proxy under two addresses: the one that it advertises, and one that leads there over a wire of ours. */
class TwoNamesIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void aMemberThatNamesOneProxyTwiceKeepsOneConnection() {
        String proxy = talkers.startProxy("p", Talkers.patientOptions()).address();
        FaultyWire wire = new FaultyWire(talkers.vertx, port(proxy));
        String name = "127.0.0.1:" + wire.port();
        MessageNode a = talkers.start("a", Talkers.patientOptions().setProxies(List.of(name, proxy)));
        MessageNode b = talkers.start("b", Talkers.patientOptions().setProxies(List.of(proxy)));
        List<String> heardByA = inbox(a);
        List<String> heardByB = inbox(b);
        talkers.awaitPeers(1);

        talkForAWhile(a, b);

        assertThat(wire.connections()).as("connections under the second name").isLessThanOrEqualTo(2);
        assertThat(heardByA).hasSize(ROUNDS).doesNotHaveDuplicates();
        assertThat(heardByB).hasSize(ROUNDS).doesNotHaveDuplicates();
    }

    @Test
    void twoMembersMayNameTheSameProxyDifferently() {
        String proxy = talkers.startProxy("p", Talkers.patientOptions()).address();
        FaultyWire wire = new FaultyWire(talkers.vertx, port(proxy));
        MessageNode a = talkers.start("a", Talkers.patientOptions());
        MessageNode b = talkers.start("b", Talkers.patientOptions().setProxies(List.of("127.0.0.1:" + wire.port())));
        MessageNode c = talkers.start("c", Talkers.patientOptions().setProxies(List.of(proxy)));
        List<String> heardByB = inbox(b);
        List<String> heardByC = inbox(c);
        inbox(a);
        talkers.awaitPeers(2);

        talkForAWhile(a, b);
        talkForAWhile(a, c);

        assertThat(wire.connections()).as("of a and b, under the second name").isLessThanOrEqualTo(4);
        assertThat(heardByB).hasSize(ROUNDS).doesNotHaveDuplicates();
        assertThat(heardByC).hasSize(ROUNDS).doesNotHaveDuplicates();
    }

    @Test
    void whenTheNameInUseFailsTheOtherOneIsTried() {
        String proxy = talkers.startProxy("p", Talkers.patientOptions()).address();
        FaultyWire wire = new FaultyWire(talkers.vertx, port(proxy));
        FaultyWire other = new FaultyWire(talkers.vertx, port(proxy));
        MessageNode a = talkers.start(
                "a",
                Talkers.patientOptions().setProxies(List.of("127.0.0.1:" + wire.port(), "127.0.0.1:" + other.port())));
        MessageNode b = talkers.start("b", Talkers.patientOptions().setProxies(List.of(proxy)));
        List<String> heard = inbox(b);
        inbox(a);
        talkers.awaitPeers(1);
        talkForAWhile(a, b);

        wire.close();
        Waiting.result(a.direct("b", Buffer.buffer("one name is left")));
        talkForAWhile(a, b);

        assertThat(heard).hasSize(2 * ROUNDS + 1);
        assertThat(heard.get(ROUNDS)).isEqualTo("one name is left");
    }

    @Test
    void aProxyThatOthersNameDifferentlyFindsThatItIsThatItself() {
        String proxy = talkers.startProxy("p", Talkers.patientOptions()).address();
        FaultyWire wire = new FaultyWire(talkers.vertx, port(proxy));
        MessageNode a = talkers.start("a", Talkers.patientOptions().setProxies(List.of("127.0.0.1:" + wire.port())));
        MessageNode b = talkers.start("b", Talkers.patientOptions().setProxies(List.of("localhost:" + port(proxy))));
        inbox(a);
        inbox(b);
        talkers.awaitPeers(1);

        talkForAWhile(a, b);

        assertThat(wire.connections()).as("of a, and of the proxy once").isLessThanOrEqualTo(2);
    }

    private static final int ROUNDS = 40;

    // Each round waits for the other side; together they last longer than many reconnections.
    private void talkForAWhile(MessageNode a, MessageNode b) {
        AtomicInteger rounds = new AtomicInteger();
        List<Future<?>> sent = Collections.synchronizedList(new ArrayList<>());
        talkers.vertx.setPeriodic(Duration.ofMillis(40).toMillis(), timer -> {
            int round = rounds.getAndIncrement();
            if (round < ROUNDS) {
                sent.add(a.direct(nodeId(b), Buffer.buffer("" + round)));
                sent.add(b.direct(nodeId(a), Buffer.buffer("" + round)));
            } else {
                talkers.vertx.cancelTimer(timer);
            }
        });
        Waiting.until(() -> rounds.get() > ROUNDS, () -> rounds + " rounds");
        Waiting.result(Future.join(List.copyOf(sent)));
    }

    private String nodeId(MessageNode node) {
        return talkers.name(node);
    }

    private static int port(String address) {
        return HostPort.parse("proxy", address).port();
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return heard;
    }
}
