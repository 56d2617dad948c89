/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.EngineStats.DatagramType;
import io.gossip.core.engine.EngineStats.Traffic;
import io.gossip.core.wire.DecodeError;
import io.gossip.transport.GossipNode;
import io.gossip.transport.TransportHealth;
import io.gossip.transport.store.StoreHealth;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one node (contracts §5). They read the latest {@link NodeSample}, so that whoever reads them, on whatever
 * thread, costs the gossip nothing.
 *
 * <p>The only class of this module that touches Micrometer, apart from the signature by which a registry comes in.
 *
 * <p><b>Threads:</b> meters are read on any thread; all else is confined to the node's context.
 */
final class NodeMeters {
    private static final String ROUNDS = "gossip.rounds";
    private static final String BYTES = "bytes";
    private static final double[] QUANTILES = {0.5, 0.95, 1};

    private final MeterRegistry registry;
    private final GossipNode node;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private volatile NodeSample sample;

    private NodeMeters(MeterRegistry registry, GossipNode node, NodeSample first) {
        this.registry = registry;
        this.node = node;
        this.tags = Tags.of("cluster", node.clusterId());
        this.sample = first;
    }

    /**
     * Registers the meters of a node.
     *
     * @throws IllegalStateException if the registry has those of another member of the cluster: they would hide ours
     */
    static NodeMeters register(MeterRegistry registry, GossipNode node, NodeSample first) {
        NodeMeters meters = new NodeMeters(registry, node, first);
        if (registry.find(ROUNDS).tags(meters.tags).meter() != null) {
            throw new IllegalStateException("the meter registry has the meters of another member of cluster '"
                    + node.clusterId() + "', give each member a registry of its own");
        }
        try {
            meters.registerAll();
        } catch (RuntimeException refused) {
            meters.close(); // what is in by now would be taken for another member's
            throw refused;
        }
        return meters;
    }

    void update(NodeSample latest) {
        sample = latest;
    }

    /** Takes the meters out of the registry. */
    void close() {
        node.roundHandler(null);
        meters.forEach(registry::remove);
        meters.clear();
    }

    private void registerAll() {
        counter(ROUNDS, "Gossip rounds begun", stats -> stats.rounds());
        Timer rounds = keep(Timer.builder("gossip.round.duration")
                .description("How long a gossip round kept the event loop")
                .tags(tags)
                .register(registry));
        node.roundHandler(rounds::record);
        traffic();
        for (DecodeError error : DecodeError.values()) {
            counter(
                    "gossip.datagrams.refused",
                    "Datagrams refused, by error code",
                    stats -> stats.refused().getOrDefault(error, 0L),
                    Tag.of("code", error.name()));
        }
        counter("gossip.bad.cluster", "Handshakes between different clusters", EngineStats::badClusters);
        members();
        state();
        counter("gossip.replies.limited", "Answers cut or withheld by the reply limit", EngineStats::repliesLimited);
        function("gossip.publications", "Publications on the event bus", null, it -> it.sample.publications());
        socket();
        if (node.storeHealth().state() != StoreHealth.State.NONE) {
            store();
        }
        gauge("gossip.ready", "1 if the node is ready, else 0", null, it -> it.sample.ready() ? 1 : 0);
    }

    private void store() {
        function(
                "gossip.store.failures",
                "Attempts to store keys that failed",
                null,
                it -> it.node.storeHealth().failures());
        gauge(
                "gossip.store.failing",
                "1 if the latest attempt to store keys failed, else 0",
                null,
                it -> it.node.storeHealth().state() == StoreHealth.State.FAILING ? 1 : 0);
    }

    private void traffic() {
        for (DatagramType type : DatagramType.values()) {
            traffic("received", type, stats -> stats.received());
            traffic("sent", type, stats -> stats.sent());
        }
    }

    private void traffic(String direction, DatagramType type, Direction way) {
        Tag[] both = {Tag.of("direction", direction), Tag.of("type", type.name().toLowerCase(Locale.ROOT))};
        function(
                "gossip.datagrams",
                "Well-formed datagrams",
                null,
                it -> way.traffic(it, type).datagrams(),
                both);
        function(
                "gossip.bytes",
                "Bytes of well-formed datagrams",
                BYTES,
                it -> way.traffic(it, type).bytes(),
                both);
    }

    private void members() {
        String text = "Listed members, this one included";
        gauge("gossip.members", text, null, it -> it.stats().members().live(), Tag.of("state", "live"));
        gauge("gossip.members", text, null, it -> it.stats().members().dead(), Tag.of("state", "dead"));
        gauge("gossip.members", text, null, it -> it.stats().members().left(), Tag.of("state", "left"));
        counter("gossip.members.capped", "Identities not let in because there was no room", EngineStats::membersCapped);
        counter("gossip.members.revived", "Times a member was found live again", EngineStats::revivals);
        for (double quantile : QUANTILES) {
            gauge(
                    "gossip.phi",
                    "Suspicion of the live members",
                    null,
                    it -> it.sample.phi(quantile),
                    Tag.of("quantile", quantile == 1 ? "1" : Double.toString(quantile)));
        }
    }

    private void state() {
        String text = "Key-values in deltas";
        counter("gossip.delta.entries", text, EngineStats::deltaEntriesSent, Tag.of("result", "sent"));
        counter("gossip.delta.entries", text, EngineStats::deltaEntriesApplied, Tag.of("result", "applied"));
        counter("gossip.delta.entries", text, EngineStats::deltaEntriesRejected, Tag.of("result", "rejected"));
        counter("gossip.resets", "Node states dropped and taken over anew", EngineStats::resets);
        counter("gossip.state.capped", "Deltas not taken over for want of room", EngineStats::stateCapped);
        gauge(
                "gossip.digest.bytes",
                "Length of our digest when last sent",
                BYTES,
                it -> it.stats().digestBytes());
        counter("gossip.digest.partial", "Messages sent with a part of the digest", EngineStats::digestsPartial);
        gauge(
                "gossip.keys",
                "Visible keys of all listed members",
                null,
                it -> it.stats().keys());
        gauge(
                "gossip.state.bytes",
                "Bytes of all keys and values held",
                BYTES,
                it -> it.stats().stateBytes());
    }

    private void socket() {
        function(
                "gossip.send.failures",
                "Datagrams that could not be sent",
                null,
                it -> it.health().sendFailures());
        function(
                "gossip.socket.reopens",
                "Times a broken socket was replaced",
                null,
                it -> it.health().reopens());
        function(
                "gossip.engine.failures",
                "Exceptions of the engine, each a bug",
                null,
                it -> it.health().engineFailures());
    }

    private EngineStats stats() {
        return sample.stats();
    }

    private TransportHealth health() {
        return node.health();
    }

    private void counter(String name, String text, ToDoubleFunction<EngineStats> value, Tag... more) {
        function(name, text, null, it -> value.applyAsDouble(it.stats()), more);
    }

    private void function(
            String name, String text, @Nullable String unit, ToDoubleFunction<NodeMeters> value, Tag... more) {
        keep(FunctionCounter.builder(name, this, value)
                .description(text)
                .baseUnit(unit)
                .tags(tags.and(more))
                .register(registry));
    }

    private void gauge(
            String name, String text, @Nullable String unit, ToDoubleFunction<NodeMeters> value, Tag... more) {
        keep(Gauge.builder(name, this, value)
                .description(text)
                .baseUnit(unit)
                .tags(tags.and(more))
                .register(registry));
    }

    private <M extends Meter> M keep(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Which way datagrams went. */
    private interface Direction {
        Traffic NONE = new Traffic(0, 0);

        Map<DatagramType, Traffic> of(EngineStats stats);

        default Traffic traffic(NodeMeters meters, DatagramType type) {
            return of(meters.stats()).getOrDefault(type, NONE);
        }
    }
}
