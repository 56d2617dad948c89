/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.WriteResult;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.state.KeyMutation;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.NotStoredException;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RememberingNodeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private final InMemoryNetwork network = new InMemoryNetwork(TestRandom.create());
    private final NodeFixture fixture = new NodeFixture(network.transport(), GossipAddress.parse("127.0.0.1:0"));
    private final HeldStore store = new HeldStore();
    private StoreWriter.Patience patience = StoreWriter.Patience.usual(Long.MAX_VALUE);

    @AfterEach
    void close() {
        store.letOpen();
        store.letGo();
        fixture.close();
    }

    @Test
    void comesBackWithItsKeysUnderAGreaterGenerationThoughTheClockWasSetBack() {
        GossipNode first = start(NOW, Map.of("configured", "1"));
        await(first.withState(state -> state.set("kept", "a")));
        await(first.withState(state -> state.set("kept", "b")));
        await(first.withState(state -> state.set("deleted", "x")));
        await(first.withState(state -> state.delete("deleted")));
        await(first.withState(state -> state.setWithTtl("passing", "t")));
        Waiting.get(first.close());

        GossipNode second = start(NOW.minusSeconds(86_400), Map.of("configured", "1"));

        assertThat(second.self().nodeId()).isEqualTo(first.self().nodeId());
        assertThat(second.self().generation())
                .isEqualTo(first.self().generation() + 1)
                .isEqualTo(NOW.toEpochMilli() + 1);
        List<KeyMutation> keys = Waiting.get(second.withState(state -> state.keys(second.self(), "")));
        assertThat(keys)
                .extracting(entry -> entry.key() + "=" + entry.value() + " " + entry.status())
                .containsExactly("configured=1 SET", "kept=b SET", "passing=t DELETE_AFTER_TTL");
    }

    @Test
    void theGenerationIsDurableBeforeTheNodeIsHandedOut() {
        GossipNode node = start(NOW, Map.of());

        assertThat(store.memory().highestGeneration())
                .contains(new MemberMemory.Generation(node.self().generation()));
        assertThat(store.memory().owner())
                .contains(new MemberMemory.Owner("default-cluster", node.self().nodeId()));
    }

    @Test
    void acknowledgesAWriteWhenItIsStoredAndStoresAllThatWaitAtOnce() {
        GossipNode node = start(NOW, Map.of());
        store.hold();
        Future<WriteResult> first = node.withState(state -> state.set("first", "1"));
        Optional<String> read = Waiting.get(node.withState(state -> state.get("first")));
        assertThat(read).as("a read does not wait").contains("1");
        int before = store.appends;
        List<Future<WriteResult>> others = IntStream.range(0, 100)
                .mapToObj(i -> node.withState(state -> state.set("k" + i, "v")))
                .toList();
        Future<WriteResult> again = node.withState(state -> state.set("first", "1"));
        Waiting.get(node.withState(ClusterAccess::stats));
        assertThat(first.isComplete() || again.isComplete()).isFalse();
        assertThat(others).noneMatch(Future::isComplete);

        store.letGo();
        others.forEach(Waiting::get);

        assertThat(first.isComplete()).isTrue();
        assertThat(Waiting.get(again).outcome()).isEqualTo(WriteResult.Outcome.UNCHANGED);
        assertThat(store.memory().keys()).hasSize(101);
        assertThat(store.appends - before).isLessThanOrEqualTo(4);
    }

    @Test
    void aDiskThatFailsFailsTheWriteAndNothingElse() {
        GossipNode node = start(NOW, Map.of());
        GossipNode other = fixture.start("other", node);
        store.broken = true;

        assertThat(Waiting.failure(node.withState(state -> state.set("k", "v"))))
                .isInstanceOf(NotStoredException.class)
                .hasMessage("the change is in effect, but not stored: the disk is on fire");
        assertThat(node.storeHealth().state()).isEqualTo(StoreHealth.State.FAILING);
        assertThat(node.storeHealth().lastError()).contains("the disk is on fire");
        fixture.untilReads(other, node.self(), "k", Optional.of("v"));
        assertThat(Waiting.failure(node.withState(state -> state.set("k", "v"))))
                .as("unchanged, but still not stored")
                .isInstanceOf(NotStoredException.class);
        await(node.withState(state -> state.setReserved("gossip:http", Optional.of("127.0.0.1:1"))));

        store.broken = false;
        await(node.withState(state -> state.set("k2", "v")));

        assertThat(node.storeHealth().state()).isEqualTo(StoreHealth.State.STORING);
        assertThat(store.memory().keys()).extracting(MemberMemory.Key::key).contains("k", "k2");
    }

    @Test
    void findsAMemberOfItsFormerRunWithoutASeedNode() {
        GossipNode other = fixture.start("other");
        GossipNode first =
                Waiting.get(start(options().addSeedNode(other.listenAddress().toString()), NOW, Map.of()));
        fixture.untilAllSeeAll(first, other);
        Waiting.get(first.abort());

        GossipNode second = start(NOW, Map.of());

        fixture.untilAllSeeAll(second, other);
        assertThat(Waiting.get(second.snapshot()).seedAddresses()).isEmpty();
    }

    @Test
    void refusesAStoreOfAnotherNodeAndAUsedGeneration() {
        Waiting.get(start(NOW, Map.of()).close());

        assertThat(Waiting.failure(start(options().setNodeId("someone"), NOW, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'someone'")
                .hasMessageContaining("give it a store of its own");
        assertThat(Waiting.failure(start(options().setGeneration(5L), NOW, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("generation must be greater than " + NOW.toEpochMilli());
        assertThat(store.isOpen()).as("open after a failed start").isFalse();
        start(NOW, Map.of());
    }

    @Test
    void refusesToStartWhenNoGreaterGenerationIsLeft() {
        Waiting.get(
                Waiting.get(start(options().setGeneration(-1L), NOW, Map.of())).close());

        assertThat(Waiting.failure(start(options(), NOW, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("generation 18446744073709551615 was used before and none is greater");
        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void aTransportThatThrowsLeavesTheStoreFree() {
        Transport throwing = (vertx, address) -> {
            throw new IllegalStateException("no transport");
        };
        assertThat(Waiting.failure(start(options(), NOW, Map.of(), throwing))).hasMessage("no transport");
        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void aSecondNodeDoesNotTakeTheStoreFromTheFirst() {
        GossipNode first = start(NOW, Map.of());

        assertThat(Waiting.failure(start(options(), NOW, Map.of()))).isInstanceOf(IOException.class);

        await(first.withState(state -> state.set("k", "v")));
        assertThat(store.isOpen()).isTrue();
        Waiting.get(first.close());
        assertThat(store.isOpen()).isFalse();
        assertThat(first.storeHealth().state()).isEqualTo(StoreHealth.State.CLOSED);
    }

    @Test
    void aRememberedKeyThatIsRefusedNowIsLeftOut() {
        GossipNode first = start(NOW, Map.of());
        await(first.withState(state -> state.set("large", "x".repeat(100))));
        await(first.withState(state -> state.set("small", "x")));
        Waiting.get(first.close());

        GossipNode second = Waiting.get(start(options().setMaxEntryBytes(50), NOW, Map.of()));

        List<KeyMutation> keys = Waiting.get(second.withState(state -> state.keys(second.self(), "")));
        assertThat(keys).extracting(KeyMutation::key).containsExactly("small");
    }

    @ParameterizedTest
    @CsvSource({
        // configured at the start, by a live change, written then, configured at the next start, value after it
        "a, b, c, b, c", // what was written is the later word
        "a, b, c, a, a", // the configuration changed once more
        "a, b, b, b, b",
        "a, b, b, a, a"
    })
    void aLiveChangeOfTheConfigurationIsRemembered(
            String atStart, String changed, String written, String atRestart, String expected) {
        GossipNode first = start(NOW, Map.of("k", atStart, "other", "o"));
        await(first.configure(Map.of("k", changed), state -> state.set("k", changed)));
        assertThat(store.memory().configured()).isEqualTo(Map.of("k", changed, "other", "o"));
        await(first.withState(state -> state.set("k", written)));
        Waiting.get(first.close());

        GossipNode second = start(NOW.plusSeconds(1), Map.of("k", atRestart, "other", "o"));

        Optional<String> value = Waiting.get(second.withState(state -> state.get("k")));
        assertThat(value).contains(expected);
    }

    @Test
    void doesNotWaitForEverForAStoreThatHangsWhenItIsOpened() {
        patience = new StoreWriter.Patience(1, 10_000, 5_000, 1 << 20);
        store.holdTheOpening();

        assertThat(Waiting.failure(start(options(), NOW, Map.of())))
                .hasMessageStartingWith("the held store has not answered for")
                .hasMessageContaining("hangs");

        patience = StoreWriter.Patience.usual(Long.MAX_VALUE);
        store.letOpen();
        awaitStart();
    }

    @Test
    void doesNotWaitForEverForAStoreThatHangsBeforeTheGenerationIsStored() {
        patience = new StoreWriter.Patience(1_000, 10_000, 5_000, 1 << 20);
        store.hold();

        // A machine that stalls may not even open it in time.
        Waiting.until(
                fixture.vertx,
                () -> start(options(), NOW, Map.of()).transform(started -> {
                    assertThat(started.failed()).isTrue();
                    String reason = String.valueOf(started.cause());
                    return Future.succeededFuture(
                            store.isAppending && reason.contains("the held store has not answered for 1 s"));
                }));

        patience = StoreWriter.Patience.usual(Long.MAX_VALUE);
        store.letGo();
        awaitStart();
    }

    /** Until those who gave up have given the store back. */
    private void awaitStart() {
        Waiting.until(
                fixture.vertx,
                () -> start(options(), NOW, Map.of())
                        .transform(started -> Future.succeededFuture(started.succeeded())));
    }

    @Test
    void losesNothingThatWasAcknowledgedWhenKeysComeAndGoWhileTheStoreHangs() {
        patience = new StoreWriter.Patience(60_000, 1, 60_000, 20_000);
        GossipNode node = start(NOW, Map.of("configured", "1"));
        await(node.withState(state -> state.set("acknowledged", "a")));
        await(node.withState(state -> state.set("deleted later", "x")));
        store.hold();
        Future<WriteResult> waits = node.withState(state -> state.set("waits", "w"));
        Waiting.until(
                fixture.vertx, () -> Future.succeededFuture(node.storeHealth().state() == StoreHealth.State.FAILING));
        for (int i = 0; node.storeHealth().refusedWrites() == 0; i++) {
            assertThat(i).as("a bound").isLessThan(1_000);
            String key = "k" + i;
            node.withState(state -> state.set(key, "v"));
            node.withState(state -> state.delete(key));
            Waiting.get(node.withState(ClusterAccess::stats));
        }
        assertThat(Waiting.failure(node.withState(state -> state.delete("deleted later"))))
                .isInstanceOf(NotStoredException.class);
        assertThat(Waiting.failure(node.withState(state -> state.set("refused", "r"))))
                .isInstanceOf(NotStoredException.class);
        assertThat(waits.isComplete()).isFalse();

        store.letGo();
        await(waits);
        await(node.withState(state -> state.set("after", "b")));

        assertThat(store.memory().keys())
                .extracting(MemberMemory.Key::key)
                .containsExactlyInAnyOrder("configured", "acknowledged", "waits", "refused", "after");
        assertThat(node.storeHealth().state()).isEqualTo(StoreHealth.State.STORING);
    }

    private GossipNodeOptions options() {
        return fixture.options("ignored").setNodeId(null);
    }

    private GossipNode start(Instant now, Map<String, String> configured) {
        return Waiting.get(start(options(), now, configured));
    }

    private Future<GossipNode> start(GossipNodeOptions options, Instant now, Map<String, String> configured) {
        return start(options, now, configured, network.transport());
    }

    private Future<GossipNode> start(
            GossipNodeOptions options, Instant now, Map<String, String> configured, Transport transport) {
        NodeContext context = NodeContext.create(fixture.vertx);
        NodeStart start = new NodeStart(
                context,
                options,
                self -> configured,
                transport,
                store,
                InstantSource.fixed(now),
                HostResolver.ofTheSystem(context),
                patience);
        return context.call(start::run);
    }

    private static void await(Future<WriteResult> write) {
        Waiting.get(write);
    }
}
