/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.InMemoryNetwork;
import io.gossip.transport.Transport;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessTest {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(Waiting.SECONDS);

    private final Neighbourhood neighbourhood = new Neighbourhood();

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    private static GossipOptions options(String name, int port, String... seedNodes) {
        GossipOptions options = Neighbourhood.options(name, port);
        options.getNode().setSeedNodes(List.of(seedNodes));
        return options;
    }

    private Readiness readiness(String prefix) {
        return Waiting.result(neighbourhood.service(prefix).status()).readiness();
    }

    private Readiness until(String prefix, Predicate<Readiness> condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Readiness latest = readiness(prefix);
        while (!condition.test(latest) && System.nanoTime() < deadline) {
            latest = readiness(prefix);
        }
        assertThat(condition.test(latest)).as(latest.toString()).isTrue();
        return latest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1:7001"})
    void isReadyAtOnceWithoutASeedNodeButItself(String seedNode) {
        neighbourhood.deploy(seedNode.isEmpty() ? options("a", 7_001) : options("a", 7_001, seedNode));

        assertThat(readiness("a")).isEqualTo(new Readiness(true, "no seed node but this one is configured"));
    }

    @Test
    void waitsForTheFirstPeerAndStaysReadyWithoutIt() {
        neighbourhood.deploy(options("a", 7_001, "127.0.0.1:7001", "127.0.0.1:7002"));
        assertThat(readiness("a"))
                .isEqualTo(new Readiness(false, "no peer has answered yet, seed nodes: 127.0.0.1:7002"));

        String peer = neighbourhood.deploy(options("b", 7_002, "127.0.0.1:7001"));
        assertThat(until("a", Readiness::ready).reason()).isEqualTo("a peer has answered");
        until("b", Readiness::ready);

        Waiting.result(neighbourhood.vertx.undeploy(peer));
        assertThat(readiness("a").ready()).isTrue();
    }

    @Test
    void waitsNoLongerThanConfigured() {
        neighbourhood.deploy(options("a", 7_001, "no-such-host.invalid:7002").setReadyTimeoutMillis(200));

        assertThat(until("a", Readiness::ready).reason()).startsWith("no peer has answered within 200 ms");
    }

    @Test
    void isNotReadyWhileAGreaterGenerationOfItLives() {
        GossipOptions old = options("a", 7_001);
        old.getNode().setGeneration(1L);
        GossipOptions young = options("a", 7_002, "127.0.0.1:7001").setAddressPrefix("young");
        young.getNode().setGeneration(2L);
        neighbourhood.deploy(old);
        neighbourhood.deploy(young);

        assertThat(until("a", verdict -> !verdict.ready()).reason()).contains("greater generation");
        assertThat(until("young", Readiness::ready).reason()).isEqualTo("a peer has answered");
    }

    @Test
    void isNotReadyWhileItsSocketIsBroken() {
        InMemoryNetwork network = neighbourhood.network;
        AtomicBoolean cut = new AtomicBoolean(); // or the repair could be over before it is looked at
        Transport cable = (vertx, address) -> cut.get()
                ? Future.failedFuture(new IOException("cable cut"))
                : network.transport().open(vertx, address);
        Waiting.result(neighbourhood.vertx.deployVerticle(new GossipVerticle(options("a", 7_001), cable)));

        cut.set(true);
        assertThat(network.breakSocket(Neighbourhood.address(7_001), new IOException("cable cut")))
                .isTrue();

        assertThat(until("a", verdict -> !verdict.ready()).reason()).contains("re-opened", "cable cut");
        cut.set(false);
        until("a", Readiness::ready);
    }

    @Test
    void isToldInTheStatusAsJson() {
        neighbourhood.deploy(options("a", 7_001, "127.0.0.1:7002"));

        NodeStatus status = Waiting.result(neighbourhood.service("a").status());

        assertThat(status.toJson().getJsonObject("readiness").encode())
                .isEqualTo("{\"ready\":false,\"reason\":\"" + status.readiness().reason() + "\"}");
    }
}
