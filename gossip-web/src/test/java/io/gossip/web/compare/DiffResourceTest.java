/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.identity;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.gossip.web.WebFixture;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node makes of another member's view, and of members that answer with something else. */
class DiffResourceTest {
    private static final NodeIdentity OTHER = identity("other", 3, "127.0.0.1:10001");
    private final WebFixture web = new WebFixture();
    private final Map<String, Consumer<HttpServerRequest>> answers = new ConcurrentHashMap<>();
    private final Queue<HttpServerRequest> asked = new ConcurrentLinkedQueue<>();
    private HttpServer peer;

    @BeforeEach
    void startPeer() {
        peer = WebFixture.await(web.vertx
                .createHttpServer()
                .requestHandler(request -> {
                    asked.add(request);
                    answers.getOrDefault(
                                    request.path(),
                                    unknown -> unknown.response()
                                            .setStatusCode(404)
                                            .end())
                            .accept(request);
                })
                .listen(0, "127.0.0.1"));
        answers.put(
                "/api/v1/cluster", json(new JsonObject().put("cluster_id", "c").put("self", StateDiff.json(OTHER))));
    }

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void tellsWhatTheOtherMemberBelievesOtherwise() {
        NodeIdentity silent = identity("silent", 1, "127.0.0.1:10002");
        start(member(silent, MemberState.DEAD, 1, entry("k", "v", 4)));
        answers.put(
                "/api/v1/members",
                json(members(
                        summary(SELF, "live", 0),
                        summary(OTHER, "live", 1),
                        summary(silent, "live", 4),
                        summary(identity("unheard", 1, "127.0.0.1:10003"), "live", 2))));

        JsonObject diff = compare("node_id=other").bodyAsJsonObject();

        assertThat(diff.getInteger("compared")).isEqualTo(4);
        assertThat(diff.getInteger("differing")).isEqualTo(2);
        assertThat(diff.getJsonArray("differences").getJsonObject(0))
                .isEqualTo(new JsonObject("{\"id\":{\"node_id\":\"silent\",\"generation_id\":1,"
                        + "\"gossip_advertise_addr\":\"127.0.0.1:10002\"},\"here\":{\"state\":\"dead\",\"max_version\":4},"
                        + "\"there\":{\"state\":\"live\",\"max_version\":4}}"));
        assertThat(diff.getJsonArray("differences").getJsonObject(1).getValue("here"))
                .isNull();
    }

    @Test
    void tellsWhichKeysOfAMemberDiffer() {
        start(member(
                identity("third", 1, "127.0.0.1:10002"), MemberState.LIVE, 1, entry("a", "1", 1), entry("b", "2", 2)));
        answers.put(
                "/api/v1/keys",
                json(new JsonObject()
                        .put("node", StateDiff.json(identity("third", 1, "127.0.0.1:10002")))
                        .put("keys", new JsonArray().add(key("a", "1", 1)).add(key("b", "old", 1)))
                        .put("more", false)));

        JsonObject diff = compare("node_id=other&keys_of=third").bodyAsJsonObject();

        assertThat(diff.getJsonArray("differences"))
                .isEqualTo(new JsonArray("[{\"key\":\"b\",\"here\":{\"value\":\"2\",\"version\":2,\"status\":\"Set\"},"
                        + "\"there\":{\"value\":\"old\",\"version\":1,\"status\":\"Set\"}}]"));
        assertThat(asked.stream().map(HttpServerRequest::query)).contains("reserved=true&limit=2000&node_id=third");
    }

    @Test
    void asksWithGetAndWithoutTheCallersCredentials() {
        start();
        answers.put("/api/v1/members", json(members()));

        web.get("/api/v1/diff?node_id=other", Map.of("Authorization", "Bearer s3cret", "Cookie", "a=b"));

        assertThat(asked).hasSize(2).allSatisfy(request -> {
            assertThat(request.method().name()).isEqualTo("GET");
            assertThat(request.headers().names()).doesNotContain("Authorization", "Cookie", "authorization", "cookie");
        });
    }

    @Test
    void asksOnceForAllWhoAskTheSame() {
        start();
        answers.put("/api/v1/members", json(members()));

        compare("node_id=other");
        compare("node_id=other");

        assertThat(asked).hasSize(2); // the summary and the members
    }

    @ParameterizedTest
    @CsvSource({"401,409", "403,409", "404,404", "500,502"})
    void tellsWhetherTheOtherRefusesOrFails(int answered, int shown) {
        start();
        answers.put(
                "/api/v1/cluster",
                request -> request.response().setStatusCode(answered).end());

        assertRefused(shown, "answers " + answered);
    }

    @Test
    void followsNoRedirect() {
        start();
        answers.put(
                "/api/v1/cluster",
                request -> request.response()
                        .setStatusCode(302)
                        .putHeader("Location", "/api/v1/elsewhere")
                        .end());

        assertRefused(502, "answers 302");
        assertThat(asked).hasSize(1);
    }

    @Test
    void comparesWithNobodyElseWhoTookThePort() {
        start();
        answers.put(
                "/api/v1/cluster", json(new JsonObject().put("cluster_id", "c").put("self", StateDiff.json(SELF))));

        assertRefused(502, "another than this member");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root:x:0:0:root:/root:/bin/sh",
                "[]",
                "{}",
                "{\"members\":{}}",
                "{\"members\":[7]}",
                "{\"members\":[{\"id\":null}]}",
                "{\"members\":[{\"id\":{\"node_id\":\"\",\"generation_id\":-1,\"gossip_advertise_addr\":\"x\"}}]}",
                ""
            })
    void showsNothingOfAnAnswerThatIsNoView(String body) {
        start();
        answers.put("/api/v1/members", request -> request.response().end(body));

        HttpResponse<?> answer = assertRefused(502, "the member");
        assertThat(answer.bodyAsString()).doesNotContain("root:");
    }

    @Test
    void readsNoMoreThanItsLimit() {
        start();
        answers.put("/api/v1/cluster", request -> request.response().end("{\"a\":\"" + "x".repeat(20_000) + "\"}"));

        assertRefused(502, "more than 16384 bytes");
    }

    @Test
    void tellsThatAMemberCannotBeReached() {
        start();
        WebFixture.await(peer.close());

        assertRefused(502, "cannot be reached");
    }

    @Test
    void refusesWhatIsNoQuestion() {
        start();

        assertThat(web.get("/api/v1/diff").statusCode()).isEqualTo(400);
        assertThat(compare("node_id=nobody").statusCode()).isEqualTo(404);
        assertThat(compare("node_id=self").statusCode()).isEqualTo(409);
    }

    @Test
    void asksNobodyWhenSwitchedOff() {
        web.options.setCompareMembers(false);
        start();

        assertRefused(403, "compareMembers");
        assertThat(asked).isEmpty();
    }

    private void start(MemberSnapshot... more) {
        KeyMutation http = entry(PeerAddress.KEY, "127.0.0.1:" + peer.actualPort(), 1);
        MemberSnapshot self = member(SELF, MemberState.LIVE, 1);
        MemberSnapshot other = member(OTHER, MemberState.LIVE, 1, http);
        web.node.with(Stream.concat(Stream.of(self, other), Stream.of(more))
                .sorted(Comparator.comparing(shown -> shown.node().identity()))
                .toArray(MemberSnapshot[]::new));
        web.start();
    }

    private HttpResponse<?> assertRefused(int status, String reason) {
        HttpResponse<?> answer = compare("node_id=other");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.bodyAsJsonObject().getString("detail")).contains(reason);
        return answer;
    }

    private HttpResponse<?> compare(String query) {
        return web.get("/api/v1/diff?" + query);
    }

    private static Consumer<HttpServerRequest> json(JsonObject body) {
        return request -> request.response().end(body.toBuffer());
    }

    private static JsonObject members(JsonObject... summaries) {
        return new JsonObject().put("members", new JsonArray(List.of(summaries)));
    }

    private static JsonObject summary(NodeIdentity identity, String state, long version) {
        return new JsonObject()
                .put("id", StateDiff.json(identity))
                .put("state", state)
                .put("service", null)
                .put("keys", 0)
                .put("max_version", version)
                .put("last_gc_version", 0);
    }

    private static JsonObject key(String key, String value, long version) {
        return new JsonObject()
                .put("key", key)
                .put("value", value)
                .put("version", version)
                .put("status", "Set");
    }
}
