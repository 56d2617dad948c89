/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.GossipNode;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A node of ours on a Vert.x instance of its own. */
final class JavaPeer implements Peer {
    private static final long PATIENCE_SECONDS = 120;

    private final Vertx vertx;
    private final GossipNode node;
    private CountDownLatch pause = new CountDownLatch(0);

    private JavaPeer(Vertx vertx, GossipNode node) {
        this.vertx = vertx;
        this.node = node;
    }

    static JavaPeer start(PeerOptions options) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1))); // pause() blocks on purpose
        GossipNodeOptions nodeOptions = new GossipNodeOptions()
                .setNodeId(options.nodeId)
                .setGeneration(options.generation)
                .setListenAddress(options.host + ":" + options.port)
                .setClusterId(options.clusterId)
                .setSeedNodes(options.seedNodes)
                .setProtocolVersion(options.protocol)
                .setGossipIntervalMillis(options.interval.toMillis())
                .setInitialIntervalMillis(options.initialInterval.toMillis())
                .setTombstoneGraceMillis(options.tombstoneGrace.toMillis())
                .setDeadNodeGraceMillis(options.deadNodeGrace.toMillis())
                .setPhiThreshold(options.phiThreshold)
                .setReplyLimitBytes(options.replyLimitBytes);
        return new JavaPeer(vertx, await(GossipNode.start(vertx, nodeOptions, options.keyValues, new UdpTransport())));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer of the node", e);
        }
    }

    @Override
    public NodeIdentity identity() {
        return node.self();
    }

    EngineStats stats() {
        return await(node.stats());
    }

    /** Those who said goodbye. */
    Set<NodeIdentity> left() {
        return await(node.snapshot()).members().stream()
                .filter(member -> member.state() == MemberState.LEFT)
                .map(MemberSnapshot::identity)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public View view() {
        return View.of(await(node.snapshot()));
    }

    @Override
    public Fingerprint fingerprintOf(NodeIdentity member) {
        return await(node.withState(state -> state.node(member)))
                .map(Fingerprint::of)
                .orElse(Fingerprint.NONE);
    }

    @Override
    public void set(String key, String value) {
        change(state -> state.set(key, value));
    }

    @Override
    public void setWithTtl(String key, String value) {
        change(state -> state.setWithTtl(key, value));
    }

    @Override
    public void delete(String key) {
        change(state -> state.delete(key));
    }

    @Override
    public void deleteAfterTtl(String key) {
        change(state -> state.deleteAfterTtl(key));
    }

    @Override
    public void fill(String prefix, int count, int bytes) {
        Random random = new Random(count);
        change(state -> {
            for (int i = 0; i < count; i++) {
                state.set(String.format("%s%06d", prefix, i), printable(random, bytes));
            }
        });
    }

    private static String printable(Random random, int length) {
        return random.ints(length, '!', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public void pause() {
        CountDownLatch until = new CountDownLatch(1);
        pause = until;
        CountDownLatch paused = new CountDownLatch(1);
        node.withState(state -> {
            paused.countDown();
            return awaited(until);
        });
        awaited(paused);
    }

    @Override
    public void resume() {
        pause.countDown();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void kill() {
        await(node.abort());
    }

    /** Says goodbye, then ends. */
    void leave() {
        await(node.close());
    }

    @Override
    public void close() {
        resume();
        kill();
        await(vertx.close());
    }

    @Override
    public String toString() {
        return identity() + " (Java)";
    }

    private void change(Consumer<ClusterAccess> change) {
        await(node.withState(state -> {
            change.accept(state);
            return true;
        }));
    }
}
