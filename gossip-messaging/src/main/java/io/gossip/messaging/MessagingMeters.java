/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The meters of one member's talk, or of a proxy. They read counters that are there anyway.
 *
 * <p>The only class of this module that touches Micrometer, apart from the signatures by which a registry comes in.
 */
final class MessagingMeters {
    private static final String MESSAGES = "gossip.messages";
    private static final String ACKS = "gossip.acks";
    private static final String LOST = "gossip.messages.lost";
    private static final String QUEUE = "gossip.messages.queue";

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();

    private MessagingMeters(MeterRegistry registry, String clusterId, String nodeId) {
        this.registry = registry;
        tags = Tags.of("cluster", clusterId, "node", nodeId);
    }

    static MessagingMeters ofMember(
            MeterRegistry registry, String clusterId, String nodeId, Counters counters, IntSupplier incoming) {
        MessagingMeters all = new MessagingMeters(registry, clusterId, nodeId);
        all.counter(
                MESSAGES, "direction", "sent", "Messages taken for sending, once for each receiver", counters.dataSent);
        all.counter(
                MESSAGES,
                "direction",
                "received",
                "Messages that came, repetitions not counted",
                counters.dataReceived);
        all.counter(ACKS, "direction", "sent", "Messages acknowledged to their senders", counters.acksSent);
        all.counter(ACKS, "direction", "received", "Own messages acknowledged", counters.acksReceived);
        all.counter(LOST, "reason", "refused", "Messages not taken: full queue, or too large", counters.refused);
        all.counter(LOST, "reason", "given up", "Messages no longer waited for", counters.givenUp);
        all.counter(
                "gossip.messages.repeated", "direction", "received", "Messages that came once more", counters.repeated);
        all.counter("gossip.messages.repeated", "direction", "sent", "Messages sent once more", counters.resent);
        all.gauge("outgoing", "Messages not acknowledged yet", counters::unconfirmed);
        all.gauge("incoming", "Messages that wait for their reader", incoming::getAsInt);
        return all;
    }

    static MessagingMeters ofProxy(MeterRegistry registry, String clusterId, String nodeId, ProxyCounters counters) {
        MessagingMeters all = new MessagingMeters(registry, clusterId, nodeId);
        all.counter("gossip.proxy.frames", "outcome", "forwarded", "Frames passed on", counters.forwarded);
        all.counter("gossip.proxy.frames", "outcome", "dropped", "Frames not passed on", counters.dropped);
        all.counter(
                "gossip.proxy.connections.cut",
                "reason",
                "slow reader",
                "Connections closed because too much waited there",
                counters.connectionsCut);
        return all;
    }

    void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }

    private void counter(String name, String key, String value, String description, LongAdder count) {
        meters.add(FunctionCounter.builder(name, count, LongAdder::sum)
                .description(description)
                .tags(tags.and(key, value))
                .register(registry));
    }

    private void gauge(String channel, String description, Supplier<Number> depth) {
        meters.add(Gauge.builder(QUEUE, depth)
                .description(description)
                .tags(tags.and("channel", channel))
                .register(registry));
    }
}
