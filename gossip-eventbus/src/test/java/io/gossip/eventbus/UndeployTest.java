/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.Datagram;
import io.gossip.transport.GossipSocket;
import io.gossip.transport.InMemoryNetwork;
import io.gossip.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.core.spi.metrics.EventBusMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What verticles and views leave behind in a Vert.x that lives on: nothing. */
class UndeployTest {
    private final Set<String> consumed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger consumers = new AtomicInteger();
    private final AtomicInteger sockets = new AtomicInteger();
    private final InMemoryNetwork network = new InMemoryNetwork(new Random(1));
    private final Vertx vertx = Vertx.builder()
            .with(new VertxOptions().setMetricsOptions(new MetricsOptions().setEnabled(true)))
            .withMetrics(options -> new ConsumerCount())
            .build();

    @AfterEach
    void close() {
        Waiting.result(vertx.close());
    }

    @Test
    void leavesNoConsumerTimerCodecOrSocket() throws Exception {
        for (int i = 0; i < 3; i++) {
            List<String> deployments = new ArrayList<>();
            deployments.add(deploy("a", 7_001));
            deployments.add(deploy("b", 7_002));
            deployments.add(Waiting.result(vertx.deployVerticle(new Viewer("a"))));
            ClusterView view = Waiting.result(ClusterView.follow(vertx, "b"));
            Waiting.until(view, picture -> picture.liveMembers().size() == 2);
            Future<ClusterPicture> never = view.await(picture -> false, Duration.ofHours(1));
            JsonObject request = new JsonObject().put("action", "snapshot").put("page_bytes", 1_024);
            Waiting.result(vertx.eventBus().request("b.service", request));
            assertThat(sockets).hasValue(2);
            assertThat(timers()).isPositive();
            assertThat(consumed).contains("a.service", "a.members", "a.keys", "b.service");
            assertThat(hasCodecs()).isTrue();

            Waiting.result(view.close());
            Waiting.failure(never);
            // Both at once: the last one takes the codecs away.
            Waiting.result(Future.all(deployments.stream().map(vertx::undeploy).toList()));

            assertThat(sockets).hasValue(0);
            assertThat(timers()).isZero();
            assertThat(hasCodecs()).isFalse();
            assertThat(consumers).as("consumers of %s", consumed).hasValue(0);
        }
    }

    @Test
    void keepsTheCodecsForTheVerticlesThatStay() {
        String first = deploy("a", 7_001);
        deploy("b", 7_002);
        Waiting.result(vertx.undeploy(first));
        assertThat(hasCodecs()).isTrue();
        Waiting.result(GossipService.create(vertx, "b").snapshot());
    }

    @Test
    void keepsTheCodecsThatTheApplicationRegistered() {
        GossipCodecs.register(vertx);
        Waiting.result(vertx.undeploy(deploy("a", 7_001)));
        assertThat(hasCodecs()).isTrue();
    }

    private String deploy(String name, int port) {
        // More than one page, so that one is held.
        GossipOptions options =
                Neighbourhood.options(name, port).setInitialKeyValues(Map.of("k", "v".repeat(4_096), "l", ""));
        return Waiting.result(vertx.deployVerticle(
                new GossipVerticle(options.setJsonPublications(true), counted(network.transport()))));
    }

    private Transport counted(Transport transport) {
        return (owner, address) -> transport.open(owner, address).map(socket -> {
            sockets.incrementAndGet();
            return new CountedSocket(socket, sockets);
        });
    }

    private record CountedSocket(GossipSocket socket, AtomicInteger open) implements GossipSocket {
        @Override
        public GossipAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public Future<Void> send(byte[] datagram, GossipAddress target) {
            return socket.send(datagram, target);
        }

        @Override
        public GossipSocket datagramHandler(Handler<Datagram> handler) {
            socket.datagramHandler(handler);
            return this;
        }

        @Override
        public GossipSocket brokenHandler(Handler<Throwable> handler) {
            socket.brokenHandler(handler);
            return this;
        }

        @Override
        public Future<Void> close() {
            return socket.close().onSuccess(closed -> open.decrementAndGet());
        }
    }

    // There is no other way to ask for them.
    private int timers() throws ReflectiveOperationException {
        Field timeouts = vertx.getClass().getDeclaredField("timeouts");
        timeouts.setAccessible(true);
        return ((Map<?, ?>) timeouts.get(vertx)).size();
    }

    private boolean hasCodecs() {
        try {
            vertx.eventBus().send("nobody", Samples.joined(1, Samples.B), new DeliveryOptions().setLocalOnly(true));
            return true;
        } catch (IllegalArgumentException noCodec) {
            return false;
        }
    }

    /** Follows and waits, and leaves all cleaning up to its undeployment. */
    private static final class Viewer extends VerticleBase {
        private final String prefix;

        private Viewer(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Future<?> start() {
            return ClusterView.follow(vertx, prefix).onSuccess(view -> {
                view.onKeys("", event -> {});
                view.await(picture -> false, Duration.ofHours(1));
            });
        }
    }

    private final class ConsumerCount implements VertxMetrics {
        @Override
        public EventBusMetrics<String> createEventBusMetrics() {
            return new EventBusMetrics<>() {
                @Override
                public String handlerRegistered(String address) {
                    if (!address.startsWith("__vertx")) { // those of replies
                        consumed.add(address);
                        consumers.incrementAndGet();
                    }
                    return address;
                }

                @Override
                public void handlerUnregistered(String address) {
                    if (!address.startsWith("__vertx")) {
                        consumers.decrementAndGet();
                    }
                }
            };
        }
    }
}
