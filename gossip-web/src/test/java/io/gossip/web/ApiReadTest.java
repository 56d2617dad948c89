/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.identity;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiReadTest {
    private static final String STORAGE =
            "{\"type\":\"storage\",\"sharded\":true,\"shard\":2,\"host\":\"127.0.0.1:8080\"}";

    private final WebFixture web = new WebFixture();

    @BeforeEach
    void start() {
        web.node.with(
                member(
                        SELF,
                        MemberState.LIVE,
                        1,
                        entry("a", "1", 1),
                        entry("b", "2", 2),
                        new KeyMutation("gone", "", 3, EntryStatus.TOMBSTONE),
                        entry("gossip:http", "h", 4),
                        new KeyMutation("ttl", "x", 5, EntryStatus.DELETE_AFTER_TTL)),
                member(identity("two", 1, "127.0.0.1:2"), MemberState.DEAD, 1, entry("old", "1", 1)),
                member(identity("two", -1, "127.0.0.1:3"), MemberState.LIVE, 1, entry("service", STORAGE, 1)),
                member(identity("zé", 3, "127.0.0.1:9"), MemberState.LEFT, 1));
        web.start();
    }

    @AfterEach
    void close() {
        web.close();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private List<String> names(String query) {
        JsonArray members =
                web.get("/api/v1/members" + query).bodyAsJsonObject().getJsonArray("members");
        return members.stream()
                .map(member -> ((JsonObject) member).getJsonObject("id"))
                .map(id -> id.getString("node_id") + "/" + id.getValue("generation_id"))
                .toList();
    }

    private List<String> keys(String uri) {
        return web.get(uri).bodyAsJsonObject().getJsonArray("keys").stream()
                .map(entry -> ((JsonObject) entry).getString("key"))
                .toList();
    }

    @Test
    void showsTheClusterAtAGlance() {
        HttpResponse<Buffer> answer = web.get("/api/v1/cluster");

        assertThat(answer.bodyAsString())
                .isEqualTo("{\"sequence\":0,\"cluster_id\":\"c\",\"self\":{\"node_id\":\"self\",\"generation_id\":7,"
                        + "\"gossip_advertise_addr\":\"127.0.0.1:10000\"},\"protocol_version\":\"v0\","
                        + "\"protocol_versions\":[\"v0\",\"v1\"],\"members\":{\"live\":2,\"dead\":1,\"left\":1},"
                        + "\"keys\":5}");
        assertThat(answer.getHeader("ETag")).isEqualTo("W/\"7-0-cluster\"");
    }

    @Test
    void listsMembersByStateServiceAndName() {
        assertThat(names("")).containsExactly("self/7", "two/1", "two/18446744073709551615", "zé/3");
        assertThat(names("?state=all")).hasSize(4);
        assertThat(names("?state=live")).containsExactly("self/7", "two/18446744073709551615");
        assertThat(names("?state=dead")).containsExactly("two/1");
        assertThat(names("?state=left")).containsExactly("zé/3");
        assertThat(names("?service=storage")).containsExactly("two/18446744073709551615");
        assertThat(names("?service=storage&state=dead")).isEmpty();
        assertThat(names("?node_id=two")).hasSize(2);
    }

    @Test
    void showsOneMemberInItsHighestGeneration() {
        assertThat(web.get("/api/v1/members/two").bodyAsString())
                .isEqualTo(
                        "{\"id\":{\"node_id\":\"two\",\"generation_id\":18446744073709551615,"
                                + "\"gossip_advertise_addr\":\"127.0.0.1:3\"},\"state\":\"live\",\"service\":" + STORAGE
                                + ",\"keys\":1,\"max_version\":1,\"last_gc_version\":0,\"http\":null,\"protocol_versions\":null}");
        assertThat(web.get("/api/v1/members/z%C3%A9").statusCode()).isEqualTo(200);
        assertThat(web.get("/api/v1/members/nobody").statusCode()).isEqualTo(404);
        assertThat(web.get("/api/v1/members/nobody/keys").statusCode()).isEqualTo(404);
        assertThat(web.get("/api/v1/keys?node_id=nobody").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", ".", "..", "a b+c%2F;?#&=", "€\ud83d\ude00", "/", "-", "keys", ":80", "\u0000"})
    void everyMemberAndEveryKeyCanBeReached(String name) {
        web.node.with(
                member(SELF, MemberState.LIVE, 1, entry(name, "own", 1)),
                member(identity(name, 1, "127.0.0.1:2"), MemberState.LIVE, 1, entry(name, "other", 1)));
        web.node.skip(); // the next picture comes with a snapshot
        web.node.publish("again", "2", 11);
        String part = encoded(name);

        WebFixture.await("it is listed", () -> !names("?node_id=" + part).isEmpty());
        assertThat(web.get("/api/v1/members/" + part).statusCode()).isEqualTo(200);
        for (String uri : List.of(
                "/api/v1/members/" + part + "/keys/" + part,
                "/api/v1/members/" + part + "/keys?key=" + part,
                "/api/v1/keys?node_id=" + part + "&key=" + part)) {
            assertThat(web.get(uri).bodyAsJsonObject().getString("value")).isEqualTo("other");
        }
        assertThat(keys("/api/v1/members/" + part + "/keys")).containsExactly(name);
    }

    @Test
    void aLongNameAndALongKeyCanBeReached() {
        String nodeId = "n".repeat(1_024);
        String key = "k" + "é".repeat(15_000); // 90 KB when percent-encoded
        web.node.with(
                member(SELF, MemberState.LIVE, 1),
                member(identity(nodeId, 1, "127.0.0.1:2"), MemberState.LIVE, 1, entry(key, "v", 1)));
        web.node.skip(); // the next picture comes with a snapshot
        web.node.publish("b", "1", 3);

        WebFixture.await("it is listed", () -> names("").size() == 2);
        assertThat(web.get("/api/v1/members/" + nodeId + "/keys/" + encoded(key))
                        .bodyAsJsonObject()
                        .getString("key"))
                .isEqualTo(key);
    }

    @Test
    void listsKeysByPrefixInPagesAndWithReservedOnes() {
        assertThat(keys("/api/v1/members/self/keys")).containsExactly("a", "b", "ttl");
        assertThat(keys("/api/v1/keys")).containsExactly("a", "b", "ttl");
        assertThat(keys("/api/v1/keys?reserved=true")).containsExactly("a", "b", "gossip:http", "ttl");
        assertThat(keys("/api/v1/keys?prefix=t")).containsExactly("ttl");
        assertThat(keys("/api/v1/keys?prefix=z")).isEmpty();
        assertThat(keys("/api/v1/keys?after=a")).containsExactly("b", "ttl");
        assertThat(keys("/api/v1/keys?after=")).containsExactly("a", "b", "ttl");
        JsonObject page = web.get("/api/v1/keys?limit=2").bodyAsJsonObject();
        assertThat(page.getJsonArray("keys")).hasSize(2);
        assertThat(page.getBoolean("more")).isTrue();
        JsonObject last = web.get("/api/v1/keys?limit=2&after=b").bodyAsJsonObject();
        assertThat(last.getJsonArray("keys")).hasSize(1);
        assertThat(last.getBoolean("more")).isFalse();
    }

    @Test
    void readsOneKeyWithItsVersionAndHidesWhatIsDeleted() {
        assertThat(web.get("/api/v1/keys/ttl").bodyAsString())
                .isEqualTo("{\"key\":\"ttl\",\"value\":\"x\",\"version\":5,\"status\":\"DeleteAfterTtl\"}");
        assertThat(web.get("/api/v1/keys/gossip:http").statusCode()).isEqualTo(200);
        assertThat(web.get("/api/v1/keys/gone").statusCode()).isEqualTo(404);
        assertThat(web.get("/api/v1/keys/absent").statusCode()).isEqualTo(404);
        assertThat(web.get("/api/v1/keys/").statusCode()).isEqualTo(400);
        assertThat(web.get("/api/v1/keys?key=").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/cluster",
                "/api/v1/members",
                "/api/v1/members/self",
                "/api/v1/members/self/keys",
                "/api/v1/members/self/keys/a",
                "/api/v1/keys",
                "/api/v1/keys/a",
                "/openapi.json",
                "/docs"
            })
    void answers304ToWhoHasItAndHeadersToHead(String uri) {
        HttpResponse<Buffer> first = web.get(uri);
        String tag = first.getHeader("ETag");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.getHeader("Vary")).isEqualTo("Accept");
        for (String known : List.of(tag, tag.substring(2), "*", "\"x,*\", " + tag + ",\"y\"")) {
            HttpResponse<Buffer> again = web.get(uri, Map.of("If-None-Match", known));
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isNull();
        }
        assertThat(web.get(uri, Map.of("If-None-Match", "\"a,*\", W/\"x\"")).statusCode())
                .isEqualTo(200);
        HttpResponse<Buffer> head = web.send(HttpMethod.HEAD, uri);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.getHeader("ETag")).isEqualTo(tag);
    }

    @Test
    void vitalsAreNeverKept() {
        HttpResponse<Buffer> answer = web.get("/api/v1/vitals");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("ETag")).isNull();
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/cluster?x=1",
                "/api/v1/members?state=alive",
                "/api/v1/members?state=live&state=live",
                "/api/v1/members?wait=61s",
                "/api/v1/members?wait=1",
                "/api/v1/members/%zz",
                "/api/v1/members/%ff/keys",
                "/api/v1/keys?limit=0",
                "/api/v1/keys?limit=10001",
                "/api/v1/keys?limit=01",
                "/api/v1/keys?reserved=yes",
                "/api/v1/keys/%",
                "/api/v1/vitals?wait=1s",
                "/api/v1/events?x"
            })
    void refusesWhatTheDocumentDoesNotAllow(String uri) {
        assertThat(web.get(uri).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesWhatTheReaderDoesNotAccept() {
        assertThat(web.get("/api/v1/cluster", Map.of("Accept", "text/html")).statusCode())
                .isEqualTo(406);
        assertThat(web.get("/api/v1/cluster", Map.of("Accept", "application/json;q=0, */*"))
                        .statusCode())
                .isEqualTo(406);
        assertThat(web.get("/api/v1/cluster", Map.of("Accept", "text/html, application/*;q=0.1"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(web.get("/api/v1/events", Map.of("Accept", "application/json"))
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void everyPathTellsItsMethodsAndRefusesOthers() {
        for (ApiContract.Operation operation : web.contract().operations()) {
            String uri = operation.path().replaceAll("\\{\\w+}", "x");
            for (String method : ApiContract.methods()) {
                HttpMethod sent = HttpMethod.valueOf(method.toUpperCase(java.util.Locale.ROOT));
                if (!web.contract().declaredBeside(operation).contains(sent.name())
                        || sent.equals(HttpMethod.OPTIONS)) {
                    HttpResponse<Buffer> answer = web.send(sent, uri);
                    assertThat(answer.statusCode()).isEqualTo(sent.equals(HttpMethod.OPTIONS) ? 204 : 405);
                    assertThat(ApiContract.allowed(answer))
                            .isEqualTo(web.contract().declaredBeside(operation));
                }
            }
        }
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        HttpResponse<Buffer> page = web.get("/docs");

        assertThat(page.getHeader("Content-Type")).startsWith("text/html");
        assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'none'", "connect-src 'self'");
        assertThat(page.bodyAsString())
                .doesNotContain("http://", "https://", "src=")
                .contains("/openapi.json");
    }
}
