/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The real node under the web interface, over a network in memory. */
class GossipServerTest {
    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final InMemoryNetwork network = new InMemoryNetwork(new Random(1));

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private GossipServer start(String name, int gossipPort) {
        return WebFixture.await(GossipServer.start(vertx, options(name, gossipPort, 0), network.transport()));
    }

    private static GossipServerOptions options(String name, int gossipPort, int httpPort) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress("127.0.0.1:" + gossipPort)
                .setSeedNodes(List.of("127.0.0.1:7001"))
                .setGossipIntervalMillis(20)
                .setPhiThreshold(1_000);
        GossipOptions gossip =
                new GossipOptions().setAddressPrefix(name).setNode(node).setInitialKeyValues(Map.of("initial", "1"));
        return new GossipServerOptions(gossip, new GossipWebOptions().setPort(httpPort));
    }

    private HttpResponse<Buffer> get(GossipServer server, String uri) {
        return WebFixture.await(client.get(server.httpPort(), "127.0.0.1", uri).send());
    }

    private static int members(HttpResponse<Buffer> answer) {
        return answer.bodyAsJsonObject().getJsonArray("members").size();
    }

    private JsonObject nodeState(GossipServer server, String nodeId) {
        JsonArray states = get(server, "/")
                .bodyAsJsonObject()
                .getJsonObject("cluster_state")
                .getJsonArray("node_states");
        return states.stream()
                .map(JsonObject.class::cast)
                .filter(state ->
                        state.getJsonObject("chitchat_id").getString("node_id").equals(nodeId))
                .findFirst()
                .orElseGet(() -> new JsonObject().put("heartbeat", -1L).put("key_values", new JsonObject()));
    }

    @Test
    void whatIsWrittenAtOneMemberIsReadAtTheOther() {
        GossipServer one = start("one", 7001);
        GossipServer two = start("two", 7002);
        WebFixture.await(
                "each lists both", () -> members(get(one, "/members")) == 2 && members(get(two, "/members")) == 2);

        assertThat(get(one, "/set_kv/?key=color&value=gr%C3%BCn").bodyAsString())
                .isEqualTo("{\"status\":true}");
        WebFixture.await(
                "the key arrives",
                () -> nodeState(two, "one").getJsonObject("key_values").containsKey("color"));
        JsonObject color = nodeState(two, "one").getJsonObject("key_values").getJsonObject("color");
        assertThat(color.encode()).isEqualTo("{\"value\":\"grün\",\"version\":4,\"status\":\"Set\"}");

        long heartbeat = nodeState(two, "one").getLong("heartbeat");
        WebFixture.await("heartbeats rise", () -> nodeState(two, "one").getLong("heartbeat") > heartbeat);

        assertThat(get(two, "/update_service?service_type=storage&shard=2").statusCode())
                .isEqualTo(200);
        WebFixture.await(
                "the service arrives", () -> get(one, "/members").bodyAsString().contains("\"shard\":2"));

        WebFixture.await(two.close());
        WebFixture.await("the leaver is no longer live", () -> members(get(one, "/members")) == 1);
        assertThat(members(get(one, "/members?all=true"))).isEqualTo(2);
        assertThat(get(one, "/").bodyAsJsonObject().getJsonArray("dead_nodes")).hasSize(1);
    }

    @Test
    void theNodesRefusalsHaveTheirOwnCodes() {
        GossipServer server = start("one", 7001);

        assertThat(get(server, "/set_kv?key=gossip%3Astate&value=v").statusCode())
                .isEqualTo(403);
        assertThat(get(server, "/set_kv?key=%C3%A9&value=v").statusCode()).isEqualTo(422);
        assertThat(get(server, "/set_kv?key=k&value=" + "v".repeat(40_000)).statusCode())
                .isEqualTo(413);
        assertThat(get(server, "/set_kv?key=k&value=").statusCode()).isEqualTo(200);
        HttpResponse<Buffer> unknown = get(server, "/update_service?service_type=x");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.bodyAsJsonObject().getBoolean("status")).isFalse();
        assertThat(unknown.bodyAsJsonObject().getString("message")).contains("'x'", "api_gateway", "storage");
        assertThat(get(server, "/update_service?service_type=storage&host=nowhere")
                        .bodyAsJsonObject()
                        .getString("message"))
                .contains("Invalid host format 'nowhere'");
        assertThat(get(server, "/update_service?service_type=api_gateway&shard=1")
                        .bodyAsJsonObject()
                        .getString("message"))
                .contains("Invalid shard 1");
    }

    @Test
    void readersGet503OnceTheNodeHasLeft() {
        GossipServer server = start("one", 7001);
        int port = server.httpPort();
        String tag = get(server, "/").getHeader("ETag");

        WebFixture.await(server.service().leave());

        assertTellsThatTheNodeIsGone(port, tag);
    }

    @Test
    void readersGet503OnceTheNodeIsUndeployedUntilAnotherServesItsPrefix() {
        GossipServerOptions options = options("one", 7001, 0);
        GossipWebVerticle web = new GossipWebVerticle(
                new GossipWebOptions().setPort(0).setAddressPrefix("one").setGossipIntervalMillis(20));
        String node =
                WebFixture.await(vertx.deployVerticle(new GossipVerticle(options.getGossip(), network.transport())));
        WebFixture.await(vertx.deployVerticle(web));
        int port = web.actualPort();
        WebFixture.await(
                "it tells where it is, which changes the state",
                () -> get(port, "/api/v1/keys?reserved=true&prefix=gossip:http", "")
                        .bodyAsString()
                        .contains("127.0.0.1"));
        String tag = get(port, "/", "").getHeader("ETag");
        assertThat(get(port, "/", tag).statusCode()).isEqualTo(304);

        WebFixture.await(vertx.undeploy(node));

        assertTellsThatTheNodeIsGone(port, tag);

        WebFixture.await(vertx.deployVerticle(new GossipVerticle(options.getGossip(), network.transport())));
        WebFixture.await("the new node is found", () -> get(port, "/", tag).statusCode() == 200);
        assertThat(get(port, "/members", "").statusCode()).isEqualTo(200);
    }

    private void assertTellsThatTheNodeIsGone(int port, String tag) {
        WebFixture.await("the reader is told", () -> get(port, "/members", "").statusCode() == 503);
        HttpResponse<Buffer> state = get(port, "/", tag);
        assertThat(state.statusCode()).isEqualTo(503);
        assertThat(state.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(state.bodyAsJsonObject().getString("detail")).isEqualTo("the node is not running");
    }

    private HttpResponse<Buffer> get(int port, String uri, String ifNoneMatch) {
        return WebFixture.await(client.get(port, "127.0.0.1", uri)
                .putHeader("If-None-Match", ifNoneMatch)
                .send());
    }

    @Test
    void closingEndsTheWebInterfaceAndTheMember() {
        GossipServer server = start("one", 7001);
        assertThat(server.restTermination().isComplete()).isFalse();

        WebFixture.await(server.close());
        WebFixture.await(server.close());

        WebFixture.await(server.restTermination());
        assertThat(vertx.deploymentIDs()).isEmpty();
        start("one", 7001);
    }

    @Test
    void closingLeavesNoMessageThatNobodyTakes() {
        Logger logger = Logger.getLogger("io.vertx.core.eventbus.impl.MessageConsumerImpl");
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        logger.setFilter(line -> warnings.add(line.getMessage()));

        for (int i = 0; i < 5; i++) {
            GossipServer server = start("one", 7001);
            WebFixture.await("it tells where it is", () -> announces(server));
            WebFixture.await(server.close());
        }

        logger.setFilter(null);
        assertThat(warnings).isEmpty();
    }

    private boolean announces(GossipServer server) {
        return get(server, "/api/v1/keys?reserved=true&prefix=gossip:http")
                .bodyAsString()
                .contains("127.0.0.1");
    }

    @Test
    void aTakenPortLeavesNothingBehind() {
        GossipServer first = start("one", 7001);
        GossipServerOptions options = options("two", 7002, first.httpPort());

        assertThatThrownBy(() -> WebFixture.await(GossipServer.start(vertx, options, network.transport())))
                .hasMessageContaining("127.0.0.1:" + first.httpPort());

        assertThat(vertx.deploymentIDs()).hasSize(2);
        start("two", 7002);
    }
}
