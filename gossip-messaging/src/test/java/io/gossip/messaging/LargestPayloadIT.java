/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Members, and proxies, that take payloads of different sizes. */
class LargestPayloadIT {
    private static final Buffer LARGE = Buffer.buffer(new byte[10_000]);

    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void whatIsTooLargeForOneFailsForThatOneOnly() {
        MessageNode a = talkers.start("a");
        List<Integer> small = inbox(talkers.start("small", smallOptions()));
        List<Integer> large = inbox(talkers.start("large"));
        talkers.awaitPeers(2);

        expectTooLarge(a.direct("small", LARGE));
        Delivery delivery = Waiting.result(a.broadcast(LARGE));
        Waiting.result(a.broadcast(Buffer.buffer("short")));

        assertThat(delivery.confirmed()).extracting("nodeId").containsExactly("large");
        assertThat(reasons(delivery)).containsExactly(DeliveryException.Reason.TOO_LARGE);
        assertThat(small).containsExactly(5);
        assertThat(large).containsExactly(10_000, 5);
        assertThat(Waiting.result(a.statistics()).totalUnconfirmed()).isZero();
    }

    @Test
    void behindAProxyItCutsNobodyOff() {
        String proxy = talkers.startProxy("p", Talkers.patientOptions()).address();
        MessagingOptions options = Talkers.patientOptions().setProxies(List.of(proxy));
        MessageNode a = talkers.start("a", options);
        List<Integer> small = inbox(talkers.start("small", new MessagingOptions(options).setMaxPayloadBytes(1_000)));
        List<Integer> large = inbox(talkers.start("large", options));
        talkers.awaitPeers(2);

        Delivery delivery = Waiting.result(a.broadcast(LARGE));
        Waiting.result(a.broadcast(Buffer.buffer("short")));

        assertThat(reasons(delivery)).containsExactly(DeliveryException.Reason.TOO_LARGE);
        assertThat(small).containsExactly(5);
        assertThat(large).containsExactly(10_000, 5);
        assertThat(Waiting.result(a.statistics()).resent()).isZero();
    }

    @Test
    void aSmallProxyLimitsWhatGoesThroughIt() {
        String proxy = talkers.startProxy("p", smallOptions()).address();
        MessageNode a = talkers.start("a");
        List<Integer> behind = inbox(talkers.start("behind", Talkers.options().setProxies(List.of(proxy))));
        List<Integer> beside = inbox(talkers.start("beside"));
        talkers.awaitPeers(2);

        expectTooLarge(a.direct("behind", LARGE));
        Waiting.result(a.direct("beside", LARGE));
        Waiting.result(a.direct("behind", Buffer.buffer("short")));

        assertThat(beside).containsExactly(10_000);
        assertThat(behind).containsExactly(5);
    }

    @Test
    void whoTakesLessFromNowOnMakesWhatWaitsFail() {
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b"); // does not read yet
        talkers.awaitPeers(1);
        Future<Void> waiting = a.direct("b", LARGE);
        Future<Void> shorter = a.direct("b", Buffer.buffer("short"));

        Waiting.result(b.update(new MessageNodeOptions(new GossipOptions(), smallOptions())));

        expectTooLarge(waiting);
        inbox(b);
        Waiting.result(shorter);
    }

    private static MessagingOptions smallOptions() {
        return Talkers.options().setMaxPayloadBytes(1_000);
    }

    private static void expectTooLarge(Future<Void> sent) {
        assertThat(Waiting.failure(sent))
                .hasMessageContaining("10000 bytes, at most 1000 get to")
                .isInstanceOfSatisfying(
                        DeliveryException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(DeliveryException.Reason.TOO_LARGE));
    }

    private static List<DeliveryException.Reason> reasons(Delivery delivery) {
        return delivery.failed().values().stream()
                .map(DeliveryException::reason)
                .collect(Collectors.toList());
    }

    private static List<Integer> inbox(MessageNode node) {
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().length()));
        return heard;
    }
}
