/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 10,000 direct and 10,000 broadcast messages while one member is killed and another is killed and started anew. */
class KillAndRestartIT {
    private static final int COUNT = 10_000;

    private final Talkers talkers = new Talkers();
    private final Map<String, List<String>> inboxes = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void whoLivesOnGetsEverythingOnceAndCountsTheSame() {
        MessagingOptions roomy = Talkers.options().setMaxUnconfirmedMessages(3 * COUNT);
        MessageNode a = start("a", roomy);
        start("b", roomy);
        start("killed", roomy);
        start("restarted", roomy);
        talkers.awaitPeers(3);

        List<Future<Void>> direct = new ArrayList<>();
        List<Future<Delivery>> broadcasts = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            direct.add(a.direct("b", Buffer.buffer("d" + i)));
            broadcasts.add(a.broadcast(Buffer.buffer("n" + i)));
            if (i == COUNT / 3) {
                talkers.kill("killed");
                talkers.kill("restarted");
            }
            if (i == 2 * COUNT / 3) {
                start("restarted", roomy);
            }
        }
        direct.forEach(Waiting::result);
        broadcasts.forEach(Waiting::result);

        List<String> all = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            all.add("a d" + i);
            all.add("a n" + i);
        }
        assertThat(inboxes.get("b")).containsExactlyElementsOf(all);
        assertThat(inboxes.get("killed")).doesNotHaveDuplicates();
        assertThat(inboxes.get("restarted")).doesNotHaveDuplicates();
        talkers.awaitConfirmed();
        MessageStatistics sent = Waiting.result(a.statistics());
        MessageStatistics received = Waiting.result(talkers.node("b").statistics());
        assertThat(received.dataReceived()).isEqualTo(2L * COUNT).isEqualTo(received.acksSent());
        assertThat(sent.acksReceived() + sent.givenUp()).isEqualTo(sent.dataSent());
        broadcasts.forEach(future ->
                assertThat(future.result().confirmed()).extracting("nodeId").contains("b"));
    }

    @Test
    void aRestartedMemberTakesPartAgain() {
        MessageNode a = start("a", Talkers.options());
        start("b", Talkers.options());
        talkers.awaitPeers(1);
        Waiting.result(a.direct("b", Buffer.buffer("before")));

        talkers.kill("b");
        start("b", Talkers.options());
        Waiting.until(
                () -> a.peers().current().values().stream()
                        .anyMatch(peer -> peer.identity().generation() == 3),
                () -> "" + a.peers().current());
        Waiting.result(a.direct("b", Buffer.buffer("after")));

        assertThat(inboxes.get("b")).containsExactly("a before", "a after");
        assertThat(Waiting.result(a.statistics()).totalUnconfirmed()).isZero();
    }

    private MessageNode start(String name, MessagingOptions options) {
        MessageNode node = talkers.start(name, options);
        List<String> heard = inboxes.computeIfAbsent(name, none -> Collections.synchronizedList(new ArrayList<>()));
        node.incoming().handler(message -> heard.add(message.sender().nodeId() + " " + message.payload()));
        return node;
    }
}
