/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.gossip.transport.GossipNode;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Members over UDP, each with a directory and, once it was started, a port of its own. */
final class Members implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Path directory;
    private final Map<String, GossipNode> running = new LinkedHashMap<>();
    private final Map<String, String> addresses = new LinkedHashMap<>();

    Members(Path directory) {
        this.directory = directory;
    }

    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "node-" + i).toList();
    }

    GossipNodeOptions options(String name) {
        return new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress(addresses.getOrDefault(name, "127.0.0.1:0"))
                .setGossipIntervalMillis(50)
                .setInitialIntervalMillis(100)
                .setMaxIntervalMillis(1_000);
    }

    /** Starts a member, for the first time or again at the same port. */
    GossipNode start(GossipNodeOptions options) {
        String name = Objects.requireNonNull(options.getNodeId());
        GossipNode node = Waiting.get(GossipNode.start(
                vertx, options, self -> Map.of(), new UdpTransport(), new FileMemberStore(directory.resolve(name))));
        running.put(name, node);
        addresses.put(name, node.listenAddress().toString());
        return node;
    }

    GossipNode node(String name) {
        return Objects.requireNonNull(running.get(name));
    }

    void set(String name, String key, String value) {
        Waiting.get(node(name).withState(state -> state.set(key, value)));
    }

    void close(String name) {
        Waiting.get(Objects.requireNonNull(running.remove(name)).close());
    }

    void kill(String name) {
        Waiting.get(Objects.requireNonNull(running.remove(name)).abort());
    }

    /** Says goodbye everywhere at once. */
    void closeAll() {
        Waiting.get(Future.all(running.values().stream().map(GossipNode::close).toList()));
        running.clear();
    }

    void untilAllSeeAll() {
        for (GossipNode observer : running.values()) {
            for (GossipNode other : running.values()) {
                Waiting.until(
                        () -> isLive(observer, other.self()), () -> observer.self() + " sees " + entries(observer));
            }
        }
    }

    /** Waits until everybody has the key of a member. */
    void untilAllRead(String name, String key, Optional<String> value) {
        for (GossipNode observer : running.values()) {
            Waiting.until(
                    () -> read(observer, node(name).self(), key).equals(value),
                    () -> observer.self() + " reads "
                            + read(observer, node(name).self(), key));
        }
    }

    /** Waits until everybody lists every member once and nobody else. */
    void untilAtRest() {
        List<NodeIdentity> expected =
                running.values().stream().map(GossipNode::self).sorted().toList();
        for (GossipNode observer : running.values()) {
            Waiting.until(
                    () -> entries(observer).equals(expected),
                    () -> observer.self() + " lists " + entries(observer) + ", not " + expected);
        }
        assertThat(expected).extracting(NodeIdentity::nodeId).doesNotHaveDuplicates();
    }

    private static boolean isLive(GossipNode observer, NodeIdentity member) {
        ClusterSnapshot snapshot = Waiting.get(observer.snapshot());
        return snapshot.members().stream()
                .anyMatch(listed -> listed.identity().equals(member) && listed.state() == MemberState.LIVE);
    }

    private static List<NodeIdentity> entries(GossipNode observer) {
        return Waiting.get(observer.snapshot()).members().stream()
                .map(MemberSnapshot::identity)
                .toList();
    }

    private static Optional<String> read(GossipNode observer, NodeIdentity member, String key) {
        return Waiting.get(observer.withState(state -> state.keys(member, key).stream()
                .filter(entry -> entry.key().equals(key))
                .map(KeyMutation::value)
                .findFirst()));
    }

    @Override
    public void close() {
        Waiting.get(vertx.close());
    }
}
