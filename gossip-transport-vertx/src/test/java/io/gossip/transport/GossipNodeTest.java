/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.engine.Effect;
import io.gossip.core.engine.RefusedWriteException;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.TransportHealth.State;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GossipNodeTest {
    private static final GossipAddress LOOPBACK = GossipAddress.parse("127.0.0.1:0");
    private static final GossipAddress MADE_UP = GossipAddress.parse("10.7.0.1:0");

    private final InMemoryNetwork network = new InMemoryNetwork(TestRandom.create());
    private final NodeFixture fixture = new NodeFixture(network.transport(), MADE_UP);
    private final NodeFixture udp = new NodeFixture(new UdpTransport(), LOOPBACK);
    private final AtomicBoolean jammed = new AtomicBoolean();

    @Nested
    class InMemory extends ClusterContract {
        @Override
        NodeFixture fixture() {
            return new NodeFixture(new InMemoryNetwork(TestRandom.create()).transport(), MADE_UP);
        }
    }

    @Nested
    class OverABadNetwork extends ClusterContract {
        @Override
        NodeFixture fixture() {
            InMemoryNetwork bad =
                    new InMemoryNetwork(TestRandom.create()).duplication(0.1).reordering(0.2);
            return new NodeFixture(bad.transport(), MADE_UP);
        }
    }

    @Nested
    class OverUdp extends ClusterContract {
        @Override
        NodeFixture fixture() {
            return new NodeFixture(new UdpTransport(), LOOPBACK);
        }
    }

    @AfterEach
    void closeAll() {
        fixture.close();
        udp.close();
    }

    /** Opens no further socket while {@link #jammed}. */
    private GossipNode startOnJammableNetwork(String nodeId) {
        Transport jammable = (vertx, address) -> jammed.get()
                ? Future.failedFuture(new BindException("jammed"))
                : network.transport().open(vertx, address);
        return Waiting.get(GossipNode.start(fixture.vertx, fixture.options(nodeId), Map.of(), jammable));
    }

    @Test
    void fillsInAReadableNodeIdTheStartTimeAndTheBoundPort() {
        long before = System.currentTimeMillis();
        GossipNode node = udp.start(udp.options("x").setNodeId(null));
        assertThat(node.listenAddress().port()).isPositive();
        assertThat(node.self().gossipAddress()).isEqualTo(node.listenAddress());
        assertThat(node.self().nodeId()).matches("server:127\\.0\\.0\\.1:\\d+-[a-z]+-[a-z]+-[a-z]+");
        assertThat(node.self().generation()).isBetween(before, System.currentTimeMillis());
        assertThat(node.options().getNodeId()).isEqualTo(node.self().nodeId());
        assertThat(node.options().getGeneration()).isEqualTo(node.self().generation());
    }

    @Test
    void advertisesAnotherAddressWithTheBoundPort() {
        GossipNode node =
                udp.start(udp.options("x").setListenAddress("0.0.0.0:0").setAdvertiseAddress("localhost:0"));
        assertThat(node.self().gossipAddress().host()).isIn("127.0.0.1", "::1");
        assertThat(node.self().gossipAddress().port())
                .isEqualTo(node.listenAddress().port())
                .isPositive();
    }

    @Test
    void saysThatThePortIsInUse() {
        GossipNode node = udp.start("a");
        assertThat(Waiting.failure(udp.tryStart(
                        udp.options("b").setListenAddress(node.listenAddress().toString()))))
                .isInstanceOf(BindException.class)
                .hasMessage("cannot listen on UDP " + node.listenAddress()
                        + ": Address already in use; set another listenAddress");
    }

    @Test
    void afterItsEndTheStateCanBeReadButNotWritten() {
        GossipNode node = fixture.start("a");
        Waiting.get(node.withState(state -> state.set("k", "v")));
        Waiting.get(node.close());

        assertThat(Waiting.failure(node.withState(state -> state.set("k", "late"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the node is closed");
        Optional<String> value = Waiting.get(node.withState(state -> state.get("k")));
        assertThat(value).hasValue("v");
    }

    @Test
    void saysThatTheHostToListenOnOrToAdvertiseIsUnknown() {
        String host = "x".repeat(64); // a label too long for DNS is refused without asking the network
        assertThat(Waiting.failure(udp.tryStart(udp.options("b").setListenAddress(host + ":0"))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("listenAddress " + host + ":0: unknown host '" + host + "'; set another listenAddress");
        assertThat(Waiting.failure(udp.tryStart(udp.options("b").setAdvertiseAddress(host + ":7"))))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage(
                        "advertiseAddress " + host + ":7: unknown host '" + host + "'; set another advertiseAddress");
    }

    @Test
    void refusesAWildcardThatOthersWouldHaveToSendTo() {
        assertThat(Waiting.failure(udp.tryStart(udp.options("b").setListenAddress("0.0.0.0:0"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set advertiseAddress");
        assertThat(Waiting.failure(udp.tryStart(udp.options("b").setAdvertiseAddress("[::]:1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("advertiseAddress must not be a wildcard, was '[::]:1'");
    }

    @Test
    void freesTheAddressWhenALaterStepOfTheStartFails() {
        GossipNode first = udp.start("a");
        Waiting.get(first.close());
        GossipNodeOptions options =
                udp.options("b").setListenAddress(first.listenAddress().toString());
        assertThat(Waiting.failure(
                        GossipNode.start(udp.vertx, options, Map.of("gossip:state", "x"), new UdpTransport())))
                .isInstanceOf(RefusedWriteException.class);
        assertThat(udp.start(options).listenAddress()).isEqualTo(first.listenAddress());
    }

    @Test
    void givesInitialKeysVersionsInTheirOrder() {
        Map<String, String> keys = new java.util.LinkedHashMap<>();
        keys.put("z", "1");
        keys.put("a", "2");
        GossipNode node = Waiting.get(GossipNode.start(fixture.vertx, fixture.options("n"), keys, network.transport()));
        assertThat(Waiting.get(node.withState(state -> state.getVersioned(state.self(), "a")))
                        .orElseThrow()
                        .version())
                .isEqualTo(2);
    }

    @Test
    void runsFunctionsOfManyThreadsOneAtATimeOnItsContext() {
        GossipNode node = fixture.start("n");
        Set<Context> contexts = ConcurrentHashMap.newKeySet();
        int[] unguarded = {0};
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<java.util.concurrent.Future<Future<Integer>>> calls = IntStream.range(0, 1_000)
                    .mapToObj(i -> threads.submit(() -> node.withState(state -> {
                        contexts.add(Vertx.currentContext());
                        return ++unguarded[0];
                    })))
                    .toList();
            for (java.util.concurrent.Future<Future<Integer>> call : calls) {
                Waiting.get(call.get());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdown();
        }
        assertThat(unguarded[0]).isEqualTo(1_000);
        assertThat(contexts).hasSize(1);
    }

    @Test
    void handsBackWhatAFunctionThrowsAndGoesOn() {
        GossipNode node = fixture.start("n");
        IllegalStateException thrown = new IllegalStateException("no");
        AssertionError error = new AssertionError("worse");
        assertThat(Waiting.failure(node.withState(state -> {
                    throw thrown;
                })))
                .isSameAs(thrown);
        assertThat(Waiting.failure(node.withState(state -> {
                    throw error;
                })))
                .isSameAs(error);
        assertThat(Waiting.get(node.liveNodes())).containsExactly(node.self());
    }

    @Test
    void containsWhatHandlersThrow() {
        GossipNode a = fixture.start("a");
        a.changeHandler(events -> {
            throw new IllegalStateException("change handler");
        });
        a.liveNodesHandler(nodes -> {
            throw new AssertionError("live nodes handler");
        });
        Waiting.get(a.subscribe("", (key, value, owner) -> {
            throw new AssertionError("key listener");
        }));
        List<ClusterEvent> observed = new CopyOnWriteArrayList<>();
        Waiting.get(a.observe(first -> {}, observed::addAll));
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        assertThat(observed).contains(new ClusterEvent.MemberAlive(b.self()));
        assertThat(a.health().engineFailures()).isZero();
    }

    @Test
    void reopensABrokenSocketAndIsHeardAgain() {
        GossipNode a = startOnJammableNetwork("a");
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        assertThat(a.health().state()).isEqualTo(State.OPEN);
        jammed.set(true); // the repair must not be over before it is looked at
        assertThat(network.breakSocket(a.listenAddress(), new IOException("cable pulled")))
                .isTrue();
        Waiting.until(fixture.vertx, () -> Future.succeededFuture(a.health().state() == State.REOPENING));
        assertThat(a.health().lastError()).isPresent();
        jammed.set(false);
        Waiting.until(fixture.vertx, () -> Future.succeededFuture(a.health().reopens() == 1));
        assertThat(a.health().state()).isEqualTo(State.OPEN);
        Waiting.get(a.withState(state -> state.set("after", "repair")));
        fixture.untilReads(b, a.self(), "after", Optional.of("repair"));
        assertThat(a.termination().isComplete()).isFalse();
    }

    @Test
    void reopensAUdpSocketThatWasClosedBehindItsBack() {
        List<GossipSocket> opened = new CopyOnWriteArrayList<>();
        Transport udpTransport = new UdpTransport();
        Transport killable =
                (vertx, address) -> udpTransport.open(vertx, address).onSuccess(opened::add);
        GossipNode b = udp.start("b");
        GossipNode a = Waiting.get(GossipNode.start(udp.vertx, udp.options("a", b), Map.of(), killable));
        udp.untilAllSeeAll(a, b);
        ((UdpSocket) opened.get(0)).breakChannel();
        Waiting.until(udp.vertx, () -> Future.succeededFuture(a.health().reopens() == 1));
        Waiting.get(a.withState(state -> state.set("after", "repair")));
        udp.untilReads(b, a.self(), "after", Optional.of("repair"));
        assertThat(opened).hasSize(2);
    }

    @Test
    void failsTheObservationWhoseFirstHandlerThrows() {
        GossipNode node = fixture.start("n");
        List<ClusterEvent> later = new CopyOnWriteArrayList<>();
        IllegalStateException thrown = new IllegalStateException("first");
        assertThat(Waiting.failure(node.observe(
                        snapshot -> {
                            throw thrown;
                        },
                        later::addAll)))
                .isSameAs(thrown);
        Waiting.get(node.withState(state -> state.set("k", "v")));
        assertThat(later).isEmpty();
    }

    @Test
    void observersHearNothingAfterTheyCancelled() {
        GossipNode node = fixture.start("n");
        List<ClusterEvent> later = new CopyOnWriteArrayList<>();
        Subscription subscription = Waiting.get(node.observe(snapshot -> {}, later::addAll));
        Waiting.get(node.withState(state -> state.set("k", "1")));
        Waiting.get(subscription.cancel());
        Waiting.get(subscription.cancel());
        Waiting.get(node.withState(state -> state.set("k", "2")));
        assertThat(later).hasSize(1);
    }

    @Test
    void carriesOutEveryKindOfEffect() {
        // NodeLoop has one chain over the kinds; whoever adds one extends it and this list.
        assertThat(Effect.class.getPermittedSubclasses())
                .containsExactlyInAnyOrder(
                        Effect.Send.class,
                        Effect.Changed.class,
                        Effect.LiveNodesChanged.class,
                        Effect.CatchUpSuggested.class,
                        Effect.Refused.class,
                        Effect.Notice.class);
    }

    @Test
    void keepsTryingWhileItsAddressIsTakenAndClosesMeanwhile() {
        GossipNode a = startOnJammableNetwork("a");
        jammed.set(true); // so that the squatter comes first
        network.breakSocket(a.listenAddress(), new IOException("cable pulled"));
        Endpoint squatter = Endpoint.open(fixture.vertx, network.transport(), a.listenAddress());
        jammed.set(false);
        Waiting.until(
                fixture.vertx,
                () -> Future.succeededFuture(a.health().lastError().orElse("").contains("in use")));
        assertThat(a.health().state()).isEqualTo(State.REOPENING);
        Waiting.get(squatter.close());
        Waiting.until(fixture.vertx, () -> Future.succeededFuture(a.health().reopens() == 1));
        network.breakSocket(a.listenAddress(), new IOException("again"));
        Waiting.get(a.close());
        assertThat(a.health().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void countsFailedSendsAndGoesOn() {
        Transport deaf =
                (vertx, address) -> network.transport().open(vertx, address).map(MuteSocket::new);
        NodeFixture mute = new NodeFixture(deaf, MADE_UP);
        GossipNode node = mute.start(mute.options("n").setSeedNodes(List.of("10.9.9.9:1")));
        Waiting.until(mute.vertx, () -> Future.succeededFuture(node.health().sendFailures() >= 3));
        assertThat(node.health().lastError()).hasValue("cannot send to seed node at 10.9.9.9:1: no route");
        assertThat(node.health().state()).isEqualTo(State.OPEN);
        assertThat(Waiting.failure(node.gossip(GossipAddress.parse("10.9.9.8:1"))))
                .hasMessage("no route");
        mute.close();
    }

    @Test
    void closesOnceAndAnswersNoMore() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        Future<Void> first = a.close();
        Future<Void> second = a.close();
        Waiting.get(first);
        Waiting.get(second);
        Waiting.get(a.abort());
        Waiting.get(a.termination());
        assertThat(a.health().state()).isEqualTo(State.CLOSED);
        assertThat(Waiting.failure(a.gossip(b.listenAddress()))).hasMessage("the node is closed");
        assertThat(Waiting.failure(a.leave())).hasMessage("the node is closed");
        long rounds = Waiting.get(a.stats()).rounds();
        fixture.untilSees(b, a.self(), MemberState.LEFT);
        assertThat(Waiting.get(a.stats()).rounds()).isEqualTo(rounds);
    }

    @Test
    void closesWithinTheGoodbyeTimeWhenNobodyAnswers() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        network.cut(a.listenAddress(), b.listenAddress());
        long start = System.nanoTime();
        Waiting.get(b.close());
        assertThat(System.nanoTime() - start).isGreaterThan(1_900_000_000L);
    }

    @Test
    void saysGoodbyeWhenVertxCloses() {
        GossipNode a = udp.start("a");
        NodeFixture leaving = new NodeFixture(new UdpTransport(), LOOPBACK);
        GossipNode b = leaving.start("b", a);
        udp.untilAllSeeAll(a, b);
        leaving.close();
        udp.untilSees(a, b.self(), MemberState.LEFT);
        Waiting.get(b.termination());
        Waiting.get(b.close());
        assertThat(Waiting.failure(b.liveNodes())).hasMessage("Vert.x is closed");
    }

    @Test
    void saysGoodbyeWhenTheVerticleThatStartedItIsUndeployed() {
        saysGoodbyeFromAVerticle(false);
    }

    @Test
    void saysGoodbyeWhenVertxClosesUnderTheVerticleThatStartedIt() {
        saysGoodbyeFromAVerticle(true);
    }

    private void saysGoodbyeFromAVerticle(boolean closeAll) {
        GossipNode a = udp.start("a");
        NodeFixture leaving = new NodeFixture(new UdpTransport(), LOOPBACK);
        GossipNodeOptions options = leaving.options("b", a);
        List<GossipNode> started = new CopyOnWriteArrayList<>();
        String deployment = Waiting.get(leaving.vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return GossipNode.start(vertx, options, Map.of(), new UdpTransport())
                        .onSuccess(started::add);
            }
        }));
        GossipNode b = started.get(0);
        udp.untilAllSeeAll(a, b);
        if (closeAll) {
            leaving.close();
        } else {
            Waiting.get(leaving.vertx.undeploy(deployment));
        }
        assertThat(b.termination().isComplete()).isTrue();
        udp.untilSees(a, b.self(), MemberState.LEFT);
        leaving.close();
    }

    @Test
    void refusesToStartUnderAClosedVertx() {
        Vertx closed = Vertx.vertx();
        Waiting.get(closed.close());
        assertThat(Waiting.failure(GossipNode.start(closed, fixture.options("n"), Map.of(), network.transport())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    @Timeout(120)
    void survivesNoiseOnItsPort() {
        GossipNode a = udp.start("a");
        Endpoint noisy = Endpoint.open(udp.vertx, new UdpTransport(), LOOPBACK);
        var random = TestRandom.create();
        // Some of it may be lost: whoever is slow to read has a full buffer.
        while (refused(a) < 50) {
            byte[] noise = new byte[random.nextInt(1, 2_000)];
            random.nextBytes(noise);
            Waiting.get(noisy.send(noise, a.listenAddress()));
        }
        GossipNode b = udp.start("b", a);
        udp.untilAllSeeAll(a, b);
        assertThat(a.health().engineFailures()).isZero();
    }

    private static long refused(GossipNode node) {
        return Waiting.get(node.stats()).refused().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void findsSeedNodesByName() {
        GossipNode a = udp.start(udp.options("a").setListenAddress("localhost:0"));
        GossipNode b = udp.start(udp.options("b")
                .setSeedNodes(List.of("localhost:" + a.listenAddress().port())));
        udp.untilAllSeeAll(a, b);
        assertThat(Waiting.get(b.snapshot()).seedAddresses()).contains(a.listenAddress());
    }

    /** Receives, but cannot send. */
    private record MuteSocket(GossipSocket socket) implements GossipSocket {
        @Override
        public GossipAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public Future<Void> send(byte[] datagram, GossipAddress target) {
            return Future.failedFuture(new IOException("no route"));
        }

        @Override
        public GossipSocket datagramHandler(io.vertx.core.Handler<Datagram> handler) {
            socket.datagramHandler(handler);
            return this;
        }

        @Override
        public GossipSocket brokenHandler(io.vertx.core.Handler<Throwable> handler) {
            socket.brokenHandler(handler);
            return this;
        }

        @Override
        public Future<Void> close() {
            return socket.close();
        }
    }
}
