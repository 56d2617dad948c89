/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.transport.GossipNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;

/**
 * Keeps the meters of a node up to date: samples it once a second, which costs one pass over its members, however many
 * read the meters and however often.
 *
 * <p><b>Threads:</b> confined to the verticle's context.
 */
final class MeteredNode {
    private static final long PERIOD_MILLIS = 1_000;

    private final Vertx vertx;
    private final GossipNode node;
    private final Function<ClusterAccess, NodeSample> sampler;
    private final NodeMeters meters;
    private final long timer;

    private MeteredNode(Vertx vertx, GossipNode node, Function<ClusterAccess, NodeSample> sampler, NodeMeters meters) {
        this.vertx = vertx;
        this.node = node;
        this.sampler = sampler;
        this.meters = meters;
        this.timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> sample());
    }

    /** Registers the meters; fails if the registry has those of another member of the cluster. */
    static Future<MeteredNode> start(
            Vertx vertx, GossipNode node, Function<ClusterAccess, NodeSample> sampler, MeterRegistry registry) {
        return node.withState(sampler)
                .map(first -> new MeteredNode(vertx, node, sampler, NodeMeters.register(registry, node, first)));
    }

    void stop() {
        vertx.cancelTimer(timer);
        meters.close();
    }

    private void sample() {
        node.withState(sampler).onSuccess(meters::update);
    }
}
