/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.eventbus.MembersPublication;
import io.gossip.eventbus.ServiceOffer;
import io.gossip.eventbus.ServiceProvider;
import io.gossip.eventbus.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The examples with real sockets on loopback, on ports that the system chooses. */
final class ExamplesIT {
    private static final int MAX_WAIT_SECONDS = 90;

    private final Vertx here = Vertx.vertx();
    private final Vertx there = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        await(here.close());
        await(there.close());
    }

    @Test
    void anApplicationJoinsAndSetsAKey() throws Exception {
        await(EmbedInYourApplication.join(here, options("here")));

        assertThat(await(GossipService.create(here, "gossip").get("color")).value())
                .isEqualTo("red");
    }

    @Test
    void theSmallestLiveMemberTakesOver() throws Exception {
        CompletableFuture<NodeIdentity> takenOver = new CompletableFuture<>();
        CompletableFuture<MembersPublication> bothLive = new CompletableFuture<>();
        here.eventBus().<MembersPublication>localConsumer("gossip.members", message -> {
            if (message.body().liveNodes().size() == 2) {
                bothLive.complete(message.body());
            }
        });
        await(here.deployVerticle(new ReactToDeath("here", takenOver::complete)));
        await(here.deployVerticle(new GossipVerticle(options("here"))));
        ClusterPicture picture = await(GossipService.create(here, "gossip").snapshot());
        GossipOptions second = options("there");
        second.getNode().addSeedNode(picture.self().gossipAddress().toString());
        String deployment = await(there.deployVerticle(new GossipVerticle(second)));
        bothLive.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);

        await(there.undeploy(deployment));

        assertThat(takenOver.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS).nodeId()).isEqualTo("there");
    }

    @Test
    void servicesAreFoundOnceEnoughOfThemAreThere() throws Exception {
        await(here.deployVerticle(new GossipVerticle(options("here"))));
        ServiceRegistry services = await(DiscoverServices.registry(here));
        Future<List<ServiceProvider>> enough = DiscoverServices.whenEnoughStore(services);
        String seedNode = await(GossipService.create(here, "gossip").snapshot())
                .self()
                .gossipAddress()
                .toString();
        for (int shard = 0; shard < 2; shard++) {
            assertThat(enough.isComplete()).isFalse();
            GossipOptions store = options("store" + shard).setAddressPrefix("store" + shard);
            store.setService(new ServiceOffer("storage", shard, null)).getNode().addSeedNode(seedNode);
            await(there.deployVerticle(new GossipVerticle(store)));
        }

        assertThat(await(enough))
                .extracting(provider -> provider.member().nodeId())
                .containsExactly("store0", "store1");
    }

    @Test
    void aPageHearsOfTheClusterButMayNotSpeak() throws Exception {
        await(here.deployVerticle(new GossipVerticle(options("here").setJsonPublications(true))));
        BridgeToBrowser bridge = new BridgeToBrowser(0);
        await(here.deployVerticle(bridge));
        LinkedBlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
        WebSocketClient sockets = there.createWebSocketClient();
        WebSocket page = await(sockets.connect(bridge.actualPort(), "127.0.0.1", "/eventbus/websocket"));
        page.handler(frame -> heard.add(frame.toJsonObject()));

        send(page, new JsonObject().put("type", "register").put("address", "gossip.keys.json"));
        send(page, action("set").put("body", new JsonObject().put("action", "leave")));
        assertThat(heard.poll(MAX_WAIT_SECONDS, TimeUnit.SECONDS).getString("body"))
                .isEqualTo("access_denied");
        await(GossipService.create(here, "gossip").set("color", "red"));

        JsonObject change = heard.poll(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(change.getString("address")).isEqualTo("gossip.keys.json");
        assertThat(change.getJsonObject("body")
                        .getJsonArray("changes")
                        .getJsonObject(0)
                        .getString("key"))
                .isEqualTo("color");
        HttpClient browser = there.createHttpClient();
        Buffer html = await(browser.request(HttpMethod.GET, bridge.actualPort(), "127.0.0.1", "/")
                .compose(request -> request.send().compose(HttpClientResponse::body)));
        assertThat(html.toString()).contains("gossip.members.json");
        await(sockets.close());
        await(browser.close()); // and is not collected before
    }

    private static void send(WebSocket page, JsonObject message) throws Exception {
        await(page.writeTextMessage(message.encode()));
    }

    private static JsonObject action(String reply) {
        return new JsonObject()
                .put("type", "send")
                .put("address", "gossip.service")
                .put("replyAddress", reply);
    }

    private static GossipOptions options(String nodeId) {
        GossipOptions options = new GossipOptions();
        options.getNode().setNodeId(nodeId).setListenAddress("127.0.0.1:0").setGossipIntervalMillis(50);
        return options;
    }

    private static <T> T await(Future<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.toCompletionStage().toCompletableFuture().get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
