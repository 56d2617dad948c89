/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.GossipService;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node for fresh heartbeats, only when somebody wants them and at most once per gossip interval: more often they
 * do not rise anyway. Only an answer is kept for that long, not a failure.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class HeartbeatSource {
    private final GossipService service;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private @Nullable Future<Heartbeats> latest;
    private long askedNanos;

    HeartbeatSource(GossipService service, Duration interval, LongSupplier nanoTime) {
        this.service = service;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Heartbeats not older than the interval; fails like {@link GossipService#snapshot()}. */
    Future<Heartbeats> fresh() {
        Future<Heartbeats> known = latest;
        long now = nanoTime.getAsLong();
        if (known != null && (!known.isComplete() || (known.succeeded() && now - askedNanos < intervalNanos))) {
            return known;
        }
        askedNanos = now;
        Future<Heartbeats> asked = service.snapshot().map(Heartbeats::new);
        latest = asked;
        return asked;
    }
}
