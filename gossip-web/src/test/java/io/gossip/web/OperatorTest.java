/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.gossip.transport.store.NotStoredException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator asks of real nodes, over a network in memory. */
class OperatorTest {
    private static final Map<String, String> FOREIGN = Map.of("Origin", "http://evil.example");
    private static final String TOKEN = "read-0123456789abcdef";

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final InMemoryNetwork network = new InMemoryNetwork(new Random(1));

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private GossipWebVerticle one() {
        return new GossipWebVerticle(
                new GossipWebOptions().setPort(0).setAddressPrefix("one").setGossipIntervalMillis(20));
    }

    private Member start(String name, int gossipPort, GossipWebVerticle web) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress("127.0.0.1:" + gossipPort)
                .setSeedNodes(List.of("127.0.0.1:7001", "127.0.0.1:7002"))
                .setGossipIntervalMillis(20)
                .setPhiThreshold(1_000);
        GossipOptions gossip = new GossipOptions().setAddressPrefix(name).setNode(node);
        String deployment = WebFixture.await(vertx.deployVerticle(new GossipVerticle(gossip, network.transport())));
        WebFixture.await(vertx.deployVerticle(web));
        ApiContract contract =
                new ApiContract(WebFixture.await(client.get(web.actualPort(), "127.0.0.1", "/openapi.json")
                                .send())
                        .bodyAsJsonObject());
        return new Member(deployment, web.actualPort(), contract);
    }

    private Member start(String name, int gossipPort) {
        return start(
                name,
                gossipPort,
                new GossipWebVerticle(
                        new GossipWebOptions().setPort(0).setAddressPrefix(name).setGossipIntervalMillis(20)));
    }

    private HttpResponse<Buffer> send(HttpMethod method, Member member, String uri, Map<String, String> headers) {
        HttpRequest<Buffer> request = client.request(method, member.port(), "127.0.0.1", uri);
        headers.forEach(request::putHeader);
        return member.contract().check(method, uri, WebFixture.await(request.send()));
    }

    private HttpResponse<Buffer> send(HttpMethod method, Member member, String uri) {
        return send(method, member, uri, Map.of());
    }

    private JsonObject get(Member member, String uri) {
        return send(HttpMethod.GET, member, uri).bodyAsJsonObject();
    }

    private String state(Member member, String nodeId) {
        return get(member, "/api/v1/members?node_id=" + nodeId).getJsonArray("members").stream()
                .map(JsonObject.class::cast)
                .map(listed -> listed.getString("state"))
                .findFirst()
                .orElse("unknown");
    }

    private void meet(Member one, Member two) {
        WebFixture.await(
                "they meet",
                () -> state(one, "two").equals("live") && state(two, "one").equals("live"));
    }

    private static String detail(HttpResponse<Buffer> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer.bodyAsJsonObject().getString("detail");
    }

    @Test
    void aMemberLeavesAndWhoRunsItIsToldAfterTheAnswer() {
        Promise<Void> told = Promise.promise();
        Member one = start("one", 7001, one().afterLeave(told::complete));
        Member two = start("two", 7002);
        meet(one, two);

        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/leave?node_id=one", FOREIGN), 403))
                .contains("foreign origin");
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/leave?now=1"), 400))
                .contains("'now'");
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/leave"), 400)).contains("'node_id'");
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/leave?node_id=two"), 409))
                .contains("this member is one");
        HttpResponse<Buffer> get = send(HttpMethod.GET, one, "/api/v1/leave");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.getHeader("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(told.future().isComplete()).isFalse();

        HttpResponse<Buffer> left = send(HttpMethod.POST, one, "/api/v1/leave?node_id=one");

        assertThat(left.statusCode()).isEqualTo(200);
        assertThat(left.bodyAsJsonObject().getJsonObject("left").getString("node_id"))
                .isEqualTo("one");
        WebFixture.await(told.future());
        WebFixture.await("the other is told", () -> state(two, "one").equals("left"));
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/leave?node_id=one"), 503))
                .contains("left the cluster");
    }

    @Test
    void aMemberThatLeftOrDiedIsForgottenAndALiveOneIsNot() {
        Member one = start("one", 7001);
        Member two = start("two", 7002);
        meet(one, two);
        String generation = get(one, "/api/v1/members/two").getJsonObject("id").getValue("generation_id") + "";

        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members/two"), 409))
                .contains("two", "live");
        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members/one"), 409))
                .contains("one");
        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members/two", FOREIGN), 403))
                .contains("foreign");
        WebFixture.await(vertx.undeploy(two.deployment()));
        WebFixture.await("it left", () -> state(one, "two").equals("left"));
        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members/two?generation=1"), 404))
                .contains("generation");
        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members/nobody"), 404))
                .contains("no member");
        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members/two?generation=18446744073709551616"), 400))
                .contains("2^64");
        assertThat(detail(send(HttpMethod.DELETE, one, "/api/v1/members"), 400)).contains("'node_id'");
        assertThat(state(one, "two")).isEqualTo("left");

        HttpResponse<Buffer> removed =
                send(HttpMethod.DELETE, one, "/api/v1/members?node_id=two&generation=" + generation);

        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(removed.bodyAsJsonObject().getJsonObject("removed").getString("node_id"))
                .isEqualTo("two");
        assertThat(state(one, "two")).isEqualTo("unknown");
        assertThat(send(HttpMethod.DELETE, one, "/api/v1/members/two").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsReadAgainIsToldByWhoRunsTheNode() {
        Queue<Promise<JsonObject>> asked = new ConcurrentLinkedQueue<>();
        Member one = start("one", 7001, one().reloader(() -> {
            Promise<JsonObject> reload = Promise.promise();
            asked.add(reload);
            return reload.future();
        }));

        Future<HttpResponse<Buffer>> first =
                client.post(one.port(), "127.0.0.1", "/api/v1/reload").send();
        WebFixture.await("it is asked", () -> asked.size() == 1);
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/reload"), 409)).contains("already");
        asked.remove()
                .complete(new JsonObject()
                        .put("applied", new JsonArray().add("seedNodes"))
                        .put("need_restart", new JsonArray().add("nodeId"))
                        .put("else", 1));
        HttpResponse<Buffer> answer = one.contract().check(HttpMethod.POST, "/api/v1/reload", WebFixture.await(first));
        assertThat(answer.bodyAsString()).isEqualTo("{\"applied\":[\"seedNodes\"],\"need_restart\":[\"nodeId\"]}");

        Future<HttpResponse<Buffer>> second =
                client.post(one.port(), "127.0.0.1", "/api/v1/reload").send();
        WebFixture.await("it is asked again", () -> asked.size() == 1);
        asked.remove().fail(new IllegalArgumentException("fanout must be between 1 and 64, was 0"));
        HttpResponse<Buffer> broken = one.contract().check(HttpMethod.POST, "/api/v1/reload", WebFixture.await(second));
        assertThat(detail(broken, 422)).isEqualTo("nothing is changed: fanout must be between 1 and 64, was 0");
    }

    @Test
    void aReloaderThatThrowsIsAskedAgainNextTime() {
        Member one = start("one", 7001, one().reloader(() -> {
            throw new IllegalArgumentException("no file");
        }));

        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/reload"), 422)).endsWith("no file");
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/reload"), 422)).endsWith("no file");
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/reload", FOREIGN), 403))
                .contains("foreign");
    }

    @Test
    void onlyAMistakeInTheConfigurationIsSaidToHaveChangedNothing() {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>(List.of(
                new NotStoredException("in effect, but not stored", new IOException("no room")),
                new IllegalStateException("inner secrets")));
        Member one = start("one", 7001, one().reloader(() -> Future.failedFuture(failures.remove())));

        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/reload"), 503)).isEqualTo("in effect, but not stored");
        assertThat(detail(send(HttpMethod.POST, one, "/api/v1/reload"), 503))
                .contains("see the log")
                .doesNotContain("secrets", "nothing is changed");
    }

    @Test
    void aNodeWithoutAConfigurationSaysSo() {
        assertThat(detail(send(HttpMethod.POST, start("one", 7001), "/api/v1/reload"), 409))
                .contains("no configuration");
    }

    @Test
    void aReaderMayNotOperate() {
        GossipWebOptions options = new GossipWebOptions().setPort(0).setAddressPrefix("one");
        options.getSecurity().setTokens(List.of(new AccessToken(TOKEN, TokenRole.READ)));
        Member one = start("one", 7001, new GossipWebVerticle(options));
        Map<String, String> reader = Map.of("Authorization", "Bearer " + TOKEN);

        for (String uri : List.of("/api/v1/leave", "/api/v1/reload")) {
            assertThat(send(HttpMethod.POST, one, uri).statusCode()).isEqualTo(401);
            assertThat(send(HttpMethod.POST, one, uri, reader).statusCode()).isEqualTo(403);
        }
        assertThat(send(HttpMethod.DELETE, one, "/api/v1/members/one", reader).statusCode())
                .isEqualTo(403);
        assertThat(send(HttpMethod.GET, one, "/api/v1/node", reader).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNodeTellsHowItFares() {
        long before = System.currentTimeMillis();
        Member one = start("one", 7001);
        Member two = start("two", 7002);
        WebFixture.await("they meet", () -> state(one, "two").equals("live"));

        WebFixture.await(
                "it knows that it was answered", () -> get(one, "/api/v1/node").getBoolean("answered"));
        JsonObject node = get(one, "/api/v1/node");

        assertThat(node.getJsonObject("self").getString("node_id")).isEqualTo("one");
        assertThat(node.getLong("time_ms")).isBetween(before, System.currentTimeMillis());
        assertThat(node.getJsonArray("seed_nodes")).containsExactly("127.0.0.1:7002"); // not itself
        assertThat(node.getJsonObject("digest").getInteger("limit")).isEqualTo(65_507);
        assertThat(node.getJsonObject("transport").getString("state")).isEqualTo("open");
        WebFixture.await(
                "the other tells what it is",
                () -> get(one, "/api/v1/members/two").getString("http") != null);
        JsonObject other = get(one, "/api/v1/members/two");
        assertThat(other.getString("http")).isEqualTo("127.0.0.1:" + two.port());
        assertThat(other.getJsonArray("protocol_versions")).containsExactly("v0", "v1");
    }

    private record Member(String deployment, int port, ApiContract contract) {}
}
