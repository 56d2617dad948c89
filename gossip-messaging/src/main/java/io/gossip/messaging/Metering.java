/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where meters go, if anywhere. Lambdas hold this and not the registry: one that holds a registry cannot be made without
 * Micrometer on the class path, which nobody needs who measures nothing.
 */
final class Metering {
    static final Metering NONE = new Metering(null);

    private final @Nullable MeterRegistry registry;
    private final ChannelMetrics channels;

    Metering(@Nullable MeterRegistry registry) {
        this(registry, ChannelMetrics.NONE);
    }

    Metering(@Nullable MeterRegistry registry, ChannelMetrics channels) {
        this.registry = registry;
        this.channels = channels;
    }

    ChannelMetrics channels() {
        return channels;
    }

    /** A verticle that gossips, measured or not. */
    GossipVerticle gossip(GossipOptions options) {
        GossipVerticle verticle = new GossipVerticle(options);
        return registry == null ? verticle : verticle.meterRegistry(registry);
    }

    /** The meters of a member; null if it is not measured. */
    @Nullable
    MessagingMeters member(Presence presence, Counters counters, IntSupplier incoming) {
        return registry == null
                ? null
                : MessagingMeters.ofMember(
                        registry, presence.clusterId(), presence.self().nodeId(), counters, incoming);
    }

    /** The meters of a proxy; null if it is not measured. */
    @Nullable
    MessagingMeters proxy(Presence presence, ProxyCounters counters) {
        return registry == null
                ? null
                : MessagingMeters.ofProxy(
                        registry, presence.clusterId(), presence.self().nodeId(), counters);
    }
}
