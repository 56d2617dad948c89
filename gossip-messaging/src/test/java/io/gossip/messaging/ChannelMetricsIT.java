/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelMetricsIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void whatEntersAChannelLeavesItAgain() {
        Map<String, Long> sent = new ConcurrentHashMap<>();
        Map<String, Long> received = new ConcurrentHashMap<>();
        MessageNode a =
                talkers.start("a", Talkers.patientOptions(), null, (name, delta) -> sent.merge(name, delta, Long::sum));
        MessageNode b = talkers.start(
                "b", Talkers.patientOptions(), null, (name, delta) -> received.merge(name, delta, Long::sum));
        talkers.awaitPeers(1);

        Future<Void> direct = a.direct("b", Buffer.buffer("to b"));
        Future<Delivery> broadcast = a.broadcast(Buffer.buffer("to all"));
        Waiting.until(
                () -> received.getOrDefault(ChannelMetrics.INCOMING, 0L) == 2, () -> "nobody reads yet: " + received);
        assertThat(sent).containsOnly(Map.entry(ChannelMetrics.DIRECT, 1L), Map.entry(ChannelMetrics.BROADCAST, 1L));

        b.incoming().handler(message -> {});
        Waiting.result(Future.join(direct, broadcast));

        Waiting.until(() -> sent.values().stream().allMatch(depth -> depth == 0), sent::toString);
        assertThat(received).containsOnly(Map.entry(ChannelMetrics.INCOMING, 0L));
    }

    @Test
    void whatNobodyReadLeavesWhenTheNodesClose() {
        Map<String, Long> depths = new ConcurrentHashMap<>();
        ChannelMetrics metrics = (name, delta) -> depths.merge(name, delta, Long::sum);
        MessageNode a = talkers.start("a", Talkers.patientOptions(), null, metrics);
        talkers.start("b", Talkers.patientOptions(), null, metrics);
        talkers.awaitPeers(1);
        Future<Void> direct = a.direct("b", Buffer.buffer("never read"));
        Waiting.until(() -> depths.getOrDefault(ChannelMetrics.INCOMING, 0L) == 1, depths::toString);

        talkers.kill("b");

        Waiting.failure(direct);
        Waiting.until(() -> depths.values().stream().allMatch(depth -> depth == 0), depths::toString);
    }
}
