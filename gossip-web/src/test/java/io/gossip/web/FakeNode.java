/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.WriteResult;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.GossipAddresses;
import io.gossip.eventbus.GossipCodecs;
import io.gossip.eventbus.KeysPublication;
import io.gossip.eventbus.NodeStatus;
import io.gossip.eventbus.Readiness;
import io.gossip.eventbus.WriteReply;
import io.gossip.transport.TransportHealth;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Plays the node behind {@code gossip.service}: shows what the test put there, and remembers what was asked. */
public final class FakeNode {
    public static final NodeIdentity SELF = identity("self", 7, "127.0.0.1:10000");
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    public final Queue<JsonObject> writes = new ConcurrentLinkedQueue<>();
    public final Queue<Runnable> goodbyes = new ConcurrentLinkedQueue<>();
    public final Queue<String> announcements = new ConcurrentLinkedQueue<>();
    public volatile Readiness readiness = new Readiness(true, "fake");
    public volatile boolean silent;
    public final AtomicInteger statuses = new AtomicInteger();
    public final AtomicInteger snapshots = new AtomicInteger();
    public volatile List<GossipAddress> seedAddresses = List.of();
    private final Vertx vertx;
    private final GossipAddresses addresses = new GossipAddresses(GossipAddresses.DEFAULT_PREFIX);
    private final List<MemberSnapshot> members = new CopyOnWriteArrayList<>();
    private final AtomicLong sequence = new AtomicLong();
    private volatile @Nullable Refusal refusal;
    private volatile @Nullable MessageConsumer<Object> serving;

    public FakeNode(Vertx vertx) {
        this.vertx = vertx;
        GossipCodecs.register(vertx);
    }

    public static NodeIdentity identity(String nodeId, long generation, String address) {
        return new NodeIdentity(nodeId, generation, GossipAddress.parse(address));
    }

    public static MemberSnapshot member(
            NodeIdentity identity, MemberState state, long heartbeat, KeyMutation... entries) {
        long maxVersion = 0;
        for (KeyMutation entry : entries) {
            maxVersion = Long.compareUnsigned(entry.version(), maxVersion) > 0 ? entry.version() : maxVersion;
        }
        return new MemberSnapshot(new NodeSnapshot(identity, heartbeat, List.of(entries), maxVersion, 0), state);
    }

    public static KeyMutation entry(String key, String value, long version) {
        return new KeyMutation(key, value, version, EntryStatus.SET);
    }

    public FakeNode with(MemberSnapshot... shown) {
        members.clear();
        members.addAll(List.of(shown));
        return this;
    }

    /** From now on, writes fail so. */
    public void refuse(int code, String message) {
        refusal = new Refusal(code, message);
    }

    public Future<Void> serve() {
        MessageConsumer<Object> consumer = vertx.eventBus().localConsumer(addresses.service(), this::answer);
        serving = consumer;
        return consumer.completion();
    }

    public Future<Void> stopServing() {
        MessageConsumer<Object> consumer = serving;
        return consumer == null ? Future.succeededFuture() : consumer.unregister();
    }

    /** Publishes one key of this member, without changing what a snapshot shows. */
    public void publish(String key, String value, long version) {
        KeyChange change = new KeyChange(key, value, version, KeyChange.Kind.SET);
        KeysPublication publication =
                new KeysPublication(sequence.incrementAndGet(), "c", SELF, false, version, 0, List.of(change));
        vertx.eventBus().publish(addresses.keys(), publication, LOCAL);
    }

    /** Leaves a gap before the next publication. */
    public void skip() {
        sequence.incrementAndGet();
    }

    private void answer(Message<Object> message) {
        JsonObject request = (JsonObject) message.body();
        if (request.getString("action").equals("snapshot")) {
            snapshots.incrementAndGet();
            message.reply(ClusterPicture.of(sequence.get(), new ClusterSnapshot("c", SELF, members, seedAddresses)));
            return;
        }
        if (request.getString("action").equals("status")) {
            statuses.incrementAndGet();
            if (silent) {
                return;
            }
            message.reply(status());
            return;
        }
        if (request.getString("action").equals("serveHttp")) {
            announcements.add(request.getString("address", ""));
            message.reply(new JsonObject().put("status", true));
            return;
        }
        if (request.getString("action").equals("leave")) {
            goodbyes.add(() -> message.reply(new JsonObject().put("status", true)));
            return;
        }
        writes.add(request);
        Refusal present = refusal;
        if (present != null) {
            message.fail(present.code(), present.message());
        } else {
            message.reply(new WriteReply(1, WriteResult.Outcome.CREATED));
        }
    }

    private NodeStatus status() {
        Gossiper engine = new Gossiper(GossipConfig.builder(SELF, "c").build(), Map.of(), new Random(1), 0);
        EngineStats stats =
                Objects.requireNonNull(engine.withState(ClusterAccess::stats, 0).value());
        TransportHealth health = new TransportHealth(TransportHealth.State.OPEN, 0, 0, 0, Optional.empty());
        StoreHealth store = new StoreHealth(StoreHealth.State.NONE, 0, Optional.empty());
        return new NodeStatus(
                sequence.get(), "c", SELF, ProtocolVersion.V0, health, store, stats, List.of(), readiness);
    }

    private record Refusal(int code, String message) {}
}
