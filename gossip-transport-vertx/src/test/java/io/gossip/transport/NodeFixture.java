/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.VersionedValue;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Starts fast nodes, which a stall of the machine does not make dead to one another, and waits for what they see. */
final class NodeFixture implements AutoCloseable {
    final Vertx vertx = Vertx.vertx();
    private final Transport transport;
    private final GossipAddress anyPort;

    NodeFixture(Transport transport, GossipAddress anyPort) {
        this.transport = transport;
        this.anyPort = anyPort;
    }

    GossipNodeOptions options(String nodeId, GossipNode... seedNodes) {
        return new GossipNodeOptions()
                .setNodeId(nodeId)
                .setListenAddress(anyPort.toString())
                .setSeedNodes(Stream.of(seedNodes)
                        .map(node -> node.listenAddress().toString())
                        .toList())
                .setGossipIntervalMillis(20)
                .setInitialIntervalMillis(100)
                .setMaxIntervalMillis(500)
                .setPhiThreshold(1_000);
    }

    /** For tests that wait for the death of others. */
    GossipNodeOptions hastyOptions(String nodeId, GossipNode... seedNodes) {
        return options(nodeId, seedNodes).setPhiThreshold(GossipNodeOptions.DEFAULT_PHI_THRESHOLD);
    }

    GossipNode start(String nodeId, GossipNode... seedNodes) {
        return start(options(nodeId, seedNodes));
    }

    GossipNode start(GossipNodeOptions options) {
        return Waiting.get(tryStart(options));
    }

    Future<GossipNode> tryStart(GossipNodeOptions options) {
        return GossipNode.start(vertx, options, Map.of("name", String.valueOf(options.getNodeId())), transport);
    }

    void until(GossipNode node, Predicate<ClusterSnapshot> condition) {
        Waiting.until(vertx, () -> node.snapshot().map(condition::test));
    }

    void untilSees(GossipNode node, NodeIdentity member, MemberState state) {
        until(node, snapshot -> state(snapshot, member).equals(Optional.of(state)));
    }

    void untilAllSeeAll(GossipNode... nodes) {
        for (GossipNode node : nodes) {
            for (GossipNode other : nodes) {
                untilSees(node, other.self(), MemberState.LIVE);
            }
        }
    }

    void untilReads(GossipNode node, NodeIdentity member, String key, Optional<String> value) {
        Waiting.until(
                vertx,
                () -> node.withState(state -> state.getVersioned(member, key)
                        .filter(versioned -> !versioned.isDeleted())
                        .map(VersionedValue::value)
                        .equals(value)));
    }

    static Optional<MemberState> state(ClusterSnapshot snapshot, NodeIdentity member) {
        return snapshot.members().stream()
                .filter(listed -> listed.identity().equals(member))
                .map(MemberSnapshot::state)
                .findFirst();
    }

    /** All events from now on, in order. */
    static List<ClusterEvent> events(GossipNode node) {
        List<ClusterEvent> events = new CopyOnWriteArrayList<>();
        node.changeHandler(events::addAll);
        return events;
    }

    @Override
    public void close() {
        Waiting.get(vertx.close());
    }
}
