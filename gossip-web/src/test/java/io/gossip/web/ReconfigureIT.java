/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.MembersPublication;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.Reconfiguration;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three members over UDP, written to all the time, while interval, seed node and token change. Nobody is found dead. */
class ReconfigureIT {
    private static final String OLD = "old-0123456789abc";
    private static final String NEW = "new-0123456789abc";

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final List<GossipServer> servers = new ArrayList<>();
    private final List<String> notLive = new CopyOnWriteArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private volatile String token = OLD;
    private volatile boolean writing = true;

    @AfterEach
    void close() {
        writing = false;
        WebFixture.await(vertx.close());
    }

    private GossipServer start(String name, List<String> seedNodes) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress("127.0.0.1:0")
                .setSeedNodes(seedNodes)
                .setGossipIntervalMillis(50);
        GossipWebOptions web = new GossipWebOptions().setPort(0);
        web.getSecurity().setTokens(List.of(new AccessToken(OLD, TokenRole.WRITE)));
        GossipOptions gossip = new GossipOptions().setAddressPrefix(name).setNode(node);
        GossipServer server =
                WebFixture.await(GossipServer.start(vertx, new GossipServerOptions(gossip, web), new UdpTransport()));
        servers.add(server);
        return server;
    }

    private static String address(GossipServer server) {
        return WebFixture.await(server.service().snapshot())
                .self()
                .gossipAddress()
                .toString();
    }

    private void watchForDeaths(String name) {
        vertx.eventBus().<MembersPublication>localConsumer(name + ".members", message -> {
            MembersPublication publication = message.body();
            if (!publication.dead().isEmpty()
                    || !publication.left().isEmpty()
                    || !publication.removed().isEmpty()) {
                notLive.add(name + ": " + publication);
            }
        });
    }

    private void writeAllTheTime(GossipServer server) {
        client.put(server.httpPort(), "127.0.0.1", "/set_kv?key=k&value=" + written.get())
                .putHeader("Authorization", "Bearer " + token)
                .send()
                .onComplete(answer -> {
                    if (answer.succeeded() && answer.result().statusCode() == 200) {
                        written.incrementAndGet();
                    }
                    if (writing) {
                        writeAllTheTime(server);
                    }
                });
    }

    private void untilWritten(int more) {
        int wanted = written.get() + more;
        WebFixture.await("writes go on", () -> written.get() >= wanted);
    }

    private void untilRounds(GossipServer server, long more) {
        long wanted = rounds(server) + more;
        WebFixture.await("rounds go on", () -> rounds(server) >= wanted);
    }

    private static long rounds(GossipServer server) {
        return WebFixture.await(server.service().status()).stats().rounds();
    }

    private static Reconfiguration reconfigure(GossipServer server, GossipServerOptions wanted) {
        return WebFixture.await(server.reconfigure(wanted));
    }

    private static GossipServerOptions withToken(GossipServerOptions options, String token) {
        options.getWeb().getSecurity().setTokens(List.of(new AccessToken(token, TokenRole.WRITE)));
        return options;
    }

    @Test
    void nobodyFlapsWhenIntervalSeedNodeAndTokenChangeUnderTraffic() {
        GossipServer a = start("a", List.of());
        GossipServer b = start("b", List.of(address(a)));
        GossipServer c = start("c", List.of(address(a)));
        for (String name : List.of("a", "b", "c")) {
            ClusterView view = WebFixture.await(ClusterView.follow(vertx, name));
            WebFixture.await(view.await(
                    picture ->
                            picture.members().stream().filter(m -> m.isLive()).count() == 3,
                    Duration.ofSeconds(WebFixture.BOUND_SECONDS - 1)));
            watchForDeaths(name);
        }
        servers.forEach(this::writeAllTheTime);
        untilRounds(c, 20);

        for (GossipServer server : servers) {
            GossipServerOptions wanted = withToken(server.options(), NEW);
            wanted.getGossip().getNode().setGossipIntervalMillis(400).setSeedNodes(List.of(address(b)));
            assertThat(reconfigure(server, wanted))
                    .isEqualTo(new Reconfiguration(
                            List.of("gossip.node.seedNodes", "gossip.node.gossipIntervalMillis", "web.security.tokens"),
                            List.of()));
        }
        token = NEW;
        untilWritten(30);
        untilRounds(c, 15);
        for (GossipServer server : servers) {
            GossipServerOptions wanted = server.options();
            wanted.getGossip()
                    .getNode()
                    .setGossipIntervalMillis(20)
                    .setPhiThreshold(50) // which a stall of the machine does not reach
                    .setSamplingWindow(100);
            reconfigure(server, wanted);
        }
        untilRounds(c, 100);

        assertThat(notLive).isEmpty();
        assertThat(status(a, OLD)).isEqualTo(401);
        assertThat(status(a, NEW)).isEqualTo(200);
        assertThat(WebFixture.await(c.service().snapshot()).members()).hasSize(3);
    }

    @Test
    void whatCannotWorkInOneHalfChangesNothingInTheOther() {
        GossipServer a = start("a", List.of());
        GossipServerOptions wanted = withToken(a.options(), NEW);
        wanted.getGossip().getNode().setListenAddress("0.0.0.0:1");
        GossipServerOptions refused = wanted;
        assertThatThrownBy(() -> reconfigure(a, refused)).hasMessageContaining("advertiseAddress");
        assertThat(status(a, OLD)).isEqualTo(200);
        wanted = a.options();
        wanted.getWeb().setPort(1);
        wanted.getGossip().setAddressPrefix("other");
        assertThat(reconfigure(a, wanted).needRestart()).containsExactly("gossip.addressPrefix", "web.port");
    }

    private int status(GossipServer server, String bearer) {
        return WebFixture.await(client.get(server.httpPort(), "127.0.0.1", "/members")
                        .putHeader("Authorization", "Bearer " + bearer)
                        .send())
                .statusCode();
    }
}
