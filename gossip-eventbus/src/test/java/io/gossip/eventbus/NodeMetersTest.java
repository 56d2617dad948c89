/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.GossipNodeOptions;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.datagram.DatagramSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compares every meter of contracts §5 that belongs to the node with what is known from elsewhere. */
class NodeMetersTest {
    private static final List<String> NODE_METERS = List.of(
            "gossip.rounds",
            "gossip.round.duration",
            "gossip.datagrams",
            "gossip.bytes",
            "gossip.datagrams.refused",
            "gossip.bad.cluster",
            "gossip.members",
            "gossip.members.capped",
            "gossip.members.revived",
            "gossip.phi",
            "gossip.delta.entries",
            "gossip.resets",
            "gossip.digest.bytes",
            "gossip.digest.partial",
            "gossip.keys",
            "gossip.state.bytes",
            "gossip.publications",
            "gossip.replies.limited",
            "gossip.send.failures");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(Waiting.SECONDS);

    private final Neighbourhood neighbourhood = new Neighbourhood();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    private double value(String name, String... tags) {
        Meter meter = Objects.requireNonNull(registry.find(name).tags(tags).meter(), name);
        assertThat(meter.getId().getTag("cluster")).isEqualTo("test");
        return meter.measure().iterator().next().getValue();
    }

    private double sum(String name, String... tags) {
        return registry.find(name).tags(tags).meters().stream()
                .mapToDouble(meter -> meter.measure().iterator().next().getValue())
                .sum();
    }

    private static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private String deploy(GossipOptions options, MeterRegistry target, CountingTransport transport) {
        return Waiting.result(
                neighbourhood.vertx.deployVerticle(new GossipVerticle(options, transport).meterRegistry(target)));
    }

    @Test
    void everyMeterExistsAndAgreesWithWhatHappened() {
        CountingTransport transport = new CountingTransport(neighbourhood.network.transport());
        GossipOptions options = Neighbourhood.options("a", 7_001).setInitialKeyValues(Map.of("own", "12345"));
        deploy(options, registry, transport);
        neighbourhood.deploy(Neighbourhood.options("b", 7_002).setInitialKeyValues(Map.of("theirs", "678")));
        GossipOptions foreign = Neighbourhood.options("c", 7_003);
        foreign.getNode().setClusterId("other");
        neighbourhood.deploy(foreign);
        ClusterView view = neighbourhood.view("a");
        Waiting.until(
                view,
                picture -> picture.member("b")
                        .map(member -> member.isLive() && member.entry("theirs").isPresent())
                        .orElse(false));
        Waiting.result(neighbourhood.service("a").gossip("127.0.0.1:9")); // nobody is there

        until(
                "phi is known and members live",
                () -> value("gossip.members", "state", "live") == 2
                        && value("gossip.phi", "quantile", "1") >= 0
                        && value("gossip.bad.cluster") >= 1);
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsAll(NODE_METERS);

        assertThat(value("gossip.rounds")).isPositive();
        assertThat(registry.get("gossip.round.duration").timer().count()).isPositive();
        assertThat(registry.get("gossip.round.duration").timer().totalTime(TimeUnit.SECONDS))
                .isBetween(1e-6, 120.0);
        until( // again: there may be a new sample between the two readings
                "the median of phi is at most its maximum",
                () -> value("gossip.phi", "quantile", "0.5") <= value("gossip.phi", "quantile", "1"));
        assertThat(value("gossip.delta.entries", "result", "applied")).isGreaterThanOrEqualTo(2);
        assertThat(value("gossip.delta.entries", "result", "sent")).isGreaterThanOrEqualTo(2);
        assertThat(value("gossip.keys")).isEqualTo(4); // own, theirs, and gossip:protocol of both
        assertThat(value("gossip.state.bytes"))
                .isEqualTo("own12345theirs678".length() + 2 * "gossip:protocol0,1".length());
        assertThat(value("gossip.digest.bytes")).isBetween(50.0, 200.0);
        assertThat(value("gossip.digest.partial")).isZero();
        assertThat(value("gossip.members", "state", "dead")).isZero();
        assertThat(value("gossip.members.capped")).isZero();
        assertThat(value("gossip.members.revived")).isZero();
        until( // a view hears of a publication later than the counter
                "publications are counted",
                () -> value("gossip.publications") >= 3
                        && value("gossip.publications") <= view.current().sequence());
        assertThat(value("gossip.ready")).isEqualTo(1);

        Waiting.result(neighbourhood.service("a").leave());
        // Nobody talks to it any more: the counters come to rest, then they must be equal.
        neighbourhood.network.cut(Neighbourhood.address(7_001), Neighbourhood.address(7_002));
        neighbourhood.network.cut(Neighbourhood.address(7_001), Neighbourhood.address(7_003));
        until(
                "all that was sent is counted, to the byte",
                () -> sum("gossip.datagrams", "direction", "sent") == transport.sent.get()
                        && sum("gossip.bytes", "direction", "sent") == transport.sentBytes.get());
        until(
                "all that was received is counted, to the byte",
                () -> sum("gossip.datagrams", "direction", "received") == transport.received.get()
                        && sum("gossip.bytes", "direction", "received") == transport.receivedBytes.get());
        assertThat(value("gossip.datagrams", "direction", "sent", "type", "syn"))
                .isPositive();
        assertThat(value("gossip.datagrams", "direction", "sent", "type", "bad_cluster"))
                .isPositive();
        until("leaving is no state to be ready in", () -> value("gossip.ready") == 0);
    }

    @Test
    void countsWhatIsRefusedAndWhatCannotBeSent() {
        GossipOptions options = Neighbourhood.options("a", 0);
        options.getNode().setListenAddress("127.0.0.1:0").setSeedNodes(List.of());
        GossipVerticle udp = new GossipVerticle(options).meterRegistry(registry);
        Waiting.result(neighbourhood.vertx.deployVerticle(udp));
        int port = Waiting.result(neighbourhood.service("a").status())
                .self()
                .gossipAddress()
                .port();
        DatagramSocket stranger = neighbourhood.vertx.createDatagramSocket();

        Waiting.result(stranger.send("x", port, "127.0.0.1"));
        Waiting.result(stranger.send("not gossip", port, "127.0.0.1"));
        Waiting.failure(neighbourhood.service("a").gossip("[2001:db8::1]:9")); // an IPv4 socket cannot

        until(
                "both are refused",
                () -> value("gossip.datagrams.refused", "code", "SHORT_HEADER") == 1
                        && value("gossip.datagrams.refused", "code", "BAD_MAGIC") == 1);
        assertThat(sum("gossip.datagrams.refused")).isEqualTo(2);
        assertThat(value("gossip.send.failures")).isEqualTo(1);
    }

    @Test
    void undeployingTakesThemOutAndRedeployingBringsThemBack() {
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(registry);
        CountingTransport transport = new CountingTransport(neighbourhood.network.transport());
        String first = deploy(Neighbourhood.options("a", 7_001), composite, transport);
        int meters = registry.getMeters().size();
        assertThat(meters).isPositive();

        Waiting.result(neighbourhood.vertx.undeploy(first));
        assertThat(registry.getMeters()).isEmpty();
        assertThat(composite.getMeters()).isEmpty();

        deploy(Neighbourhood.options("a", 7_001), composite, transport);
        assertThat(registry.getMeters()).hasSize(meters);
    }

    @Test
    void aRegistryTakesOneMemberOfEachCluster() {
        CountingTransport transport = new CountingTransport(neighbourhood.network.transport());
        deploy(Neighbourhood.options("a", 7_001), registry, transport);
        int meters = registry.getMeters().size();

        Throwable refused = Waiting.failure(neighbourhood.vertx.deployVerticle(
                new GossipVerticle(Neighbourhood.options("b", 7_002), transport).meterRegistry(registry)));
        assertThat(refused).hasMessageContaining("cluster 'test'").hasMessageContaining("a registry of its own");
        assertThat(registry.getMeters()).hasSize(meters);

        GossipNodeOptions other = Neighbourhood.options("c", 7_003).getNode().setClusterId("other");
        deploy(Neighbourhood.options("c", 7_003).setNode(other), registry, transport);
        assertThat(registry.getMeters()).hasSize(2 * meters);
    }
}
