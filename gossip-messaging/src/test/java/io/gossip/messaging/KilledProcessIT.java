/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A JVM is killed in the middle of 10,000 direct and 10,000 broadcast messages, and started anew. */
class KilledProcessIT {
    private static final int COUNT = 10_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Waiting.result(vertx.close());
    }

    @Test
    void theLivingGetEverythingAndWhoWasKilledGetsItsMessagesOrIsReported() {
        String seedNode = "127.0.0.1:" + FreePorts.next();
        MessageNode a = start("a", seedNode, seedNode);
        MessageNode b = start("b", "127.0.0.1:" + FreePorts.next(), seedNode);
        List<String> heardByB = Collections.synchronizedList(new ArrayList<>());
        b.incoming().handler(message -> heardByB.add(message.payload().toString()));
        int port = FreePorts.next();
        try (TalkingProcess former = new TalkingProcess("victim", seedNode, port)) {
            PeerId formerId = awaitVictim(a, null);
            awaitVictim(b, null);
            List<Future<Void>> direct = new ArrayList<>();
            List<Future<Void>> toVictim = new ArrayList<>();
            List<Future<Delivery>> broadcasts = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                direct.add(a.direct("b", Buffer.buffer("d" + i)));
                toVictim.add(a.direct("victim", Buffer.buffer("v" + i)));
                broadcasts.add(a.broadcast(Buffer.buffer("n" + i)));
                if (i == COUNT / 2) {
                    Waiting.until(
                            () -> former.heard().size() > 100,
                            () -> former.heard().size() + " heard");
                    former.kill();
                }
            }
            try (TalkingProcess latter = new TalkingProcess("victim", seedNode, port)) {
                PeerId latterId = awaitVictim(a, formerId);
                direct.forEach(Waiting::result);
                broadcasts.forEach(Waiting::result);
                Waiting.until(() -> toVictim.stream().allMatch(Future::isComplete), () -> "some wait for ever");
                List<Future<?>> again = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    again.add(a.direct("victim", Buffer.buffer("again" + i)));
                }
                Waiting.result(Future.join(again));

                assertThat(heardByB)
                        .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                                .limit(COUNT)
                                .flatMap(i -> Stream.of("d" + i, "n" + i))
                                .toList());
                broadcasts.forEach(one -> assertThat(one.result().confirmed())
                        .extracting("nodeId")
                        .contains("b"));
                expectConfirmedIsHeard(former, latter, formerId, latterId, toVictim, broadcasts);
                expectEqualCounters(a, b, latter);
            }
        }
        Waiting.result(a.close());
        Waiting.result(b.close());
    }

    // A confirmation may be lost with the process, a message that was confirmed may not.
    private static void expectConfirmedIsHeard(
            TalkingProcess former,
            TalkingProcess latter,
            PeerId formerId,
            PeerId latterId,
            List<Future<Void>> toVictim,
            List<Future<Delivery>> broadcasts) {
        List<String> confirmed = new ArrayList<>();
        int reported = 0;
        for (int i = 0; i < COUNT; i++) {
            Future<Void> direct = toVictim.get(i);
            if (direct.succeeded()) {
                confirmed.add("a v" + i);
            } else {
                reported++;
                assertThat(direct.cause()).isInstanceOf(DeliveryException.class);
            }
            Delivery delivery = broadcasts.get(i).result();
            if (delivery.confirmed().contains(formerId) || delivery.confirmed().contains(latterId)) {
                confirmed.add("a n" + i);
            }
        }
        List<String> heard = new ArrayList<>(former.heard());
        assertThat(heard).doesNotHaveDuplicates();
        assertThat(latter.heard()).doesNotHaveDuplicates();
        heard.addAll(latter.heard());
        assertThat(heard).doesNotHaveDuplicates().containsAll(confirmed);
        assertThat(reported).as("messages that failed").isPositive();
    }

    private static void expectEqualCounters(MessageNode a, MessageNode b, TalkingProcess latter) {
        MessageStatistics sent = Waiting.result(a.statistics());
        MessageStatistics received = Waiting.result(b.statistics());
        assertThat(sent.totalUnconfirmed()).isZero();
        assertThat(sent.acksReceived() + sent.givenUp()).isEqualTo(sent.dataSent());
        assertThat(received.dataReceived()).isEqualTo(2L * COUNT).isEqualTo(received.acksSent());
        assertThat(latter.heard())
                .filteredOn(line -> line.startsWith("a again"))
                .hasSize(1_000);
    }

    private static PeerId awaitVictim(MessageNode seenBy, @Nullable PeerId otherThan) {
        Waiting.until(
                () -> victim(seenBy, otherThan) != null,
                () -> "" + seenBy.peers().current());
        return Objects.requireNonNull(victim(seenBy, otherThan));
    }

    private static @Nullable PeerId victim(MessageNode seenBy, @Nullable PeerId otherThan) {
        return seenBy.peers().current().keySet().stream()
                .filter(peer -> peer.nodeId().equals("victim") && !peer.equals(otherThan))
                .findFirst()
                .orElse(null);
    }

    private MessageNode start(String nodeId, String gossipAddress, String seedNode) {
        int port = Integer.parseInt(gossipAddress.substring(gossipAddress.lastIndexOf(':') + 1));
        MessagingOptions roomy = Talkers.options().setMaxUnconfirmedMessages(4 * COUNT);
        return Waiting.result(
                MessageNode.start(vertx, new MessageNodeOptions(TalkingProcess.gossip(nodeId, port, seedNode), roomy)));
    }
}
