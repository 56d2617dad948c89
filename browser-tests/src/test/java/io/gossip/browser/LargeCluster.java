/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.MemberVitals;
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
import io.gossip.transport.TransportHealth;
import io.gossip.transport.store.StoreHealth;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;

/** Plays the node of a large cluster on the event bus, behind a real web interface: members, keys, and changes. */
final class LargeCluster implements AutoCloseable {
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final Vertx vertx = Vertx.vertx();
    private final GossipAddresses addresses = new GossipAddresses(GossipAddresses.DEFAULT_PREFIX);
    private final List<MemberSnapshot> members = new ArrayList<>();
    private final List<MemberVitals> vitals = new ArrayList<>();
    private final GossipWebVerticle web = new GossipWebVerticle(new GossipWebOptions().setPort(0));
    private final EngineStats stats;
    private final NodeIdentity self;
    private final long[] versions;
    private long sequence;

    LargeCluster(int memberCount, int keyCount) {
        this(memberCount, keyCount, 0, 0);
    }

    /**
     * The first member has the given number of keys, each other one its service and a key that changes.
     *
     * @param self which of the members the node is
     * @param httpPortOfSecond where the second member tells that it serves HTTP; 0 if it does not tell
     */
    LargeCluster(int memberCount, int keyCount, int self, int httpPortOfSecond) {
        this.self = identity(self);
        GossipCodecs.register(vertx);
        for (int i = 0; i < memberCount; i++) {
            NodeIdentity identity = identity(i);
            List<KeyMutation> entries = entries(i, i == 0 ? keyCount : 1);
            if (i == 1 && httpPortOfSecond > 0) {
                entries.add(1, new KeyMutation("gossip:http", "127.0.0.1:" + httpPortOfSecond, 9, EntryStatus.SET));
            }
            long version =
                    entries.stream().mapToLong(KeyMutation::version).max().orElse(0);
            members.add(new MemberSnapshot(
                    new NodeSnapshot(identity, 1, entries, version, 0),
                    i % 50 == 49 ? MemberState.DEAD : MemberState.LIVE));
            if (i != self) {
                vitals.add(vitals(identity, i));
            }
        }
        versions =
                members.stream().mapToLong(member -> member.node().maxVersion()).toArray();
        Gossiper engine = new Gossiper(GossipConfig.builder(this.self, "large").build(), Map.of(), new Random(1), 0);
        stats = Objects.requireNonNull(engine.withState(ClusterAccess::stats, 0).value());
        Cluster.await(vertx.eventBus()
                .localConsumer(addresses.service(), this::answer)
                .completion());
        Cluster.await(vertx.deployVerticle(web));
    }

    int httpPort() {
        return web.actualPort();
    }

    String nodeId(int index) {
        return members.get(index).node().identity().nodeId();
    }

    /** From now on a member changes a key each so many milliseconds, the first one every tenth time. */
    void changeEvery(long millis) {
        Random random = new Random(7);
        vertx.setPeriodic(millis, tick -> {
            int index = random.nextInt(10) == 0 ? 0 : random.nextInt(members.size());
            long version = ++versions[index];
            KeyChange change = new KeyChange(
                    key(index == 0 ? random.nextInt(500) : 0), "now " + version, version, KeyChange.Kind.SET);
            synchronized (this) {
                sequence++;
                vertx.eventBus()
                        .publish(
                                addresses.keys(),
                                new KeysPublication(
                                        sequence, "large", identity(index), false, version, 0, List.of(change)),
                                LOCAL);
            }
        });
    }

    private static NodeIdentity identity(int index) {
        return new NodeIdentity(
                String.format("server-%04d", index),
                1_790_000_000_000L,
                GossipAddress.parse("127.0.0.1:" + (20_000 + index)));
    }

    private static String key(int index) {
        return String.format("config/%06d", index);
    }

    private static List<KeyMutation> entries(int member, int count) {
        List<KeyMutation> entries = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            entries.add(new KeyMutation(key(i), "value number " + i + " of this key", i + 1, EntryStatus.SET));
        }
        String service = new JsonObject()
                .put("type", member % 2 == 0 ? "searcher" : "storage")
                .put("sharded", true)
                .put("shard", member % 120)
                .put("host", "10.0.0.1:80")
                .encode();
        entries.add(new KeyMutation("service", service, count + 1, EntryStatus.SET));
        return entries;
    }

    private static MemberVitals vitals(NodeIdentity identity, int index) {
        return new MemberVitals(
                identity,
                index % 50 == 49 ? MemberState.DEAD : MemberState.LIVE,
                OptionalDouble.of(index % 7 / 3.0),
                OptionalLong.of(index % 900 * 1_000_000L),
                OptionalLong.of(8_000_000_000L),
                OptionalLong.empty(),
                index);
    }

    private synchronized void answer(Message<Object> message) {
        String action = ((JsonObject) message.body()).getString("action");
        switch (action) {
            case "snapshot" ->
                message.reply(ClusterPicture.of(sequence, new ClusterSnapshot("large", self, members, List.of())));
            case "status" -> message.reply(status());
            default -> message.fail(400, action);
        }
    }

    private NodeStatus status() {
        TransportHealth health = new TransportHealth(TransportHealth.State.OPEN, 0, 0, 0, Optional.empty());
        Readiness readiness = new Readiness(true, "no seed node is configured");
        StoreHealth store = new StoreHealth(StoreHealth.State.NONE, 0, Optional.empty());
        return new NodeStatus(sequence, "large", self, ProtocolVersion.V0, health, store, stats, vitals, readiness);
    }

    @Override
    public void close() {
        Cluster.await(vertx.close());
    }
}
