/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.eventbus.ServiceOffer;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.Reconfiguration;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateIT {
    private final Talkers talkers = new Talkers();

    @AfterEach
    void close() {
        talkers.close();
    }

    @Test
    void aMemberMovesBehindAProxyWhileMessagesAreOnTheirWay() {
        String proxy = talkers.startProxy("p").address();
        MessageNode a = talkers.start("a");
        MessageNode b = talkers.start("b");
        List<String> heardByA = inbox(a);
        List<String> heardByB = inbox(b);
        talkers.awaitPeers(1);
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
        }

        ConfigurationUpdate update = Waiting.result(b.update(new MessageNodeOptions(
                new GossipOptions(),
                Talkers.options().setProxies(List.of(proxy)).setListenAddress("127.0.0.1:1"))));
        for (int i = 500; i < 1_000; i++) {
            sent.add(a.direct("b", Buffer.buffer("" + i)));
        }
        sent.add(b.direct("a", Buffer.buffer("from behind")));
        Waiting.result(Future.join(sent));

        assertThat(update.applied()).containsExactly("messaging.proxies");
        assertThat(update.needRestart()).containsExactly("messaging.listenAddress");
        assertThat(heardByB).containsExactlyElementsOf(numbers(1_000));
        assertThat(heardByA).containsExactly("from behind");
    }

    @Test
    void aConfigurationIsSplitIntoItsHalves() {
        Vertx vertx = talkers.vertx;
        GossipOptions gossip = new GossipOptions()
                .setNode(new GossipNodeOptions().setNodeId("n").setListenAddress("127.0.0.1:" + FreePorts.next()))
                .setInitialKeyValues(Map.of("color", "red"));
        MessageNode node = Waiting.result(MessageNode.start(vertx, new MessageNodeOptions(gossip, Talkers.options())));

        GossipOptions wanted = new GossipOptions(gossip)
                .setInitialKeyValues(Map.of("color", "blue"))
                .setService(new ServiceOffer("storage", 3, null));
        wanted.getNode().setGossipIntervalMillis(77).setListenAddress("127.0.0.1:" + FreePorts.next());
        ConfigurationUpdate update = Waiting.result(
                node.update(new MessageNodeOptions(wanted, Talkers.options().setResendDelay(Duration.ofSeconds(9)))));

        assertThat(update.applied())
                .containsExactly(
                        "gossip.initialKeyValues",
                        "gossip.node.gossipIntervalMillis",
                        "gossip.service",
                        "messaging.resendDelayMillis");
        assertThat(update.needRestart()).containsExactly("gossip.node.listenAddress");
        ClusterView view = Waiting.result(ClusterView.follow(vertx, "gossip"));
        assertThat(view.current().member("n").orElseThrow().value("color")).contains("blue");
        assertThat(view.current()
                        .member("n")
                        .orElseThrow()
                        .service()
                        .orElseThrow()
                        .type())
                .isEqualTo("storage");
        Waiting.result(node.close());
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void aConfigurationOfWhichAPartIsRefusedChangesNothing() {
        GossipOptions gossip = new GossipOptions()
                .setNode(new GossipNodeOptions().setNodeId("n").setListenAddress("127.0.0.1:" + FreePorts.next()))
                .setInitialKeyValues(Map.of("color", "red"));
        MessageNode node =
                Waiting.result(MessageNode.start(talkers.vertx, new MessageNodeOptions(gossip, Talkers.options())));
        GossipService service = GossipService.create(talkers.vertx, "gossip");
        Waiting.result(service.set("color", "painted since"));
        String advertisement = advertisement(service);

        Throwable ofService = Waiting.failure(node.update(new MessageNodeOptions(
                new GossipOptions(gossip)
                        .setInitialKeyValues(Map.of("color", "blue", "size", "large"))
                        .setService(new ServiceOffer("nobody knows that", 3, null)),
                Talkers.options().setProxies(List.of("127.0.0.1:1")))));
        MessagingTls files = new MessagingTls("nowhere", "nowhere", "nowhere");
        Throwable ofAddress = Waiting.failure(node.update(new MessageNodeOptions(
                new GossipOptions(gossip).setInitialKeyValues(Map.of("color", "blue")),
                Talkers.options().setTls(files).setAdvertiseAddress("0.0.0.0:0"))));

        assertThat(ofService).hasMessageContaining("nobody knows that");
        assertThat(ofAddress).hasMessageContaining("set advertiseAddress");
        assertThat(Waiting.result(service.get("color")).value()).isEqualTo("painted since");
        assertThat(Waiting.failure(service.get("size"))).isNotNull();
        assertThat(advertisement(service)).isEqualTo(advertisement);
        ConfigurationUpdate same = Waiting.result(node.update(new MessageNodeOptions(gossip, Talkers.options())));
        assertThat(same.applied()).as("what is in force is what was").isEmpty();
        Waiting.result(node.close());
    }

    @Test
    void unreadableCertificatesTakeTheGossipHalfBackAsWell(@TempDir Path folder) {
        MessagingTls files = new Authority(folder).issue("n", "n");
        GossipOptions gossip = new GossipOptions()
                .setNode(new GossipNodeOptions().setNodeId("n").setListenAddress("127.0.0.1:" + FreePorts.next()));
        MessageNode node = Waiting.result(MessageNode.start(
                talkers.vertx, new MessageNodeOptions(gossip, Talkers.options().setTls(files))));
        GossipService service = GossipService.create(talkers.vertx, "gossip");

        Throwable failure = Waiting.failure(node.update(new MessageNodeOptions(
                new GossipOptions(gossip)
                        .setInitialKeyValues(Map.of("color", "blue"))
                        .setService(new ServiceOffer("storage", 3, null)),
                Talkers.options().setTls(new MessagingTls("nowhere.pem", files.keyPath(), files.trustPath())))));

        assertThat(failure).hasMessageContaining("nowhere.pem");
        assertThat(Waiting.failure(service.get("color"))).isNotNull();
        assertThat(Waiting.failure(service.get("service"))).isNotNull();
        Waiting.result(node.close());
    }

    @Test
    void updatesFollowOneAnotherOnTheEventLoopOfTheTalkAndAFailureOfTheGossipTakesBothHalvesBack() {
        GossipOptions gossip = new GossipOptions()
                .setNode(new GossipNodeOptions().setNodeId("n").setListenAddress("127.0.0.1:" + FreePorts.next()));
        FailingGossip verticle = new FailingGossip(gossip, "blue");
        MessageNode node = Waiting.result(MessageNode.start(
                talkers.vertx, new MessageNodeOptions(gossip, Talkers.options()), Metering.NONE, verticle));

        Future<ConfigurationUpdate> first = node.update(painted(gossip, "red", 9));
        Future<ConfigurationUpdate> refused = node.update(painted(gossip, "blue", 8));
        Future<ConfigurationUpdate> last = node.update(painted(gossip, "red", 9));

        assertThat(Waiting.result(first).applied())
                .containsExactly("gossip.initialKeyValues", "messaging.resendDelayMillis");
        assertThat(Waiting.failure(refused)).hasMessage("not blue").hasNoSuppressedExceptions();
        assertThat(Waiting.result(last).applied())
                .as("what is in force is what the first left")
                .isEmpty();
        assertThat(verticle.contexts)
                .hasSize(3)
                .doesNotContainNull()
                .containsOnly(verticle.contexts.get(0))
                .doesNotContain(verticle.ownContext());
        Waiting.result(node.close());
    }

    private static MessageNodeOptions painted(GossipOptions gossip, String color, int resendSeconds) {
        return new MessageNodeOptions(
                new GossipOptions(gossip).setInitialKeyValues(Map.of("color", color)),
                Talkers.options().setResendDelay(Duration.ofSeconds(resendSeconds)));
    }

    /** Foresees nothing of what it refuses, and notes where it was asked to foresee it. */
    private static final class FailingGossip extends GossipVerticle {
        final List<@Nullable Context> contexts = new CopyOnWriteArrayList<>();
        private final String refusedColor;

        FailingGossip(GossipOptions options, String refusedColor) {
            super(options);
            this.refusedColor = refusedColor;
        }

        Context ownContext() {
            return context;
        }

        @Override
        public Reconfiguration preview(GossipOptions wanted) {
            contexts.add(Vertx.currentContext());
            return super.preview(wanted);
        }

        @Override
        public Future<Reconfiguration> reconfigure(GossipOptions wanted) {
            boolean refuses = refusedColor.equals(wanted.getInitialKeyValues().get("color"));
            return refuses
                    ? super.reconfigure(options())
                            .transform(done -> Future.failedFuture(new IllegalArgumentException("not " + refusedColor)))
                    : super.reconfigure(wanted);
        }
    }

    private static String advertisement(GossipService service) {
        return Waiting.result(service.snapshot())
                .member("n")
                .flatMap(member -> member.value(Advertisement.KEY))
                .orElseThrow();
    }

    private static List<String> inbox(MessageNode node) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        node.incoming().handler(message -> heard.add(message.payload().toString()));
        return heard;
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add("" + i);
        }
        return numbers;
    }
}
