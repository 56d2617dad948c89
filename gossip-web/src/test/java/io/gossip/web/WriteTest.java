/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class WriteTest {
    private final WebFixture web = new WebFixture();

    @BeforeEach
    void start() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
    }

    @AfterEach
    void close() {
        web.close();
    }

    static void assertProblem(HttpResponse<Buffer> answer, int status, String title) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = answer.bodyAsJsonObject();
        assertThat(problem.fieldNames()).containsExactly("type", "title", "status", "detail");
        assertThat(problem.getString("type")).isEqualTo("about:blank");
        assertThat(problem.getString("title")).isEqualTo(title);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("detail")).isNotBlank();
    }

    private void assertSet(HttpResponse<Buffer> answer, String key, String value) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.bodyAsString()).isEqualTo("{\"status\":true}");
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        JsonObject asked = new JsonObject().put("action", "set").put("key", key).put("value", value);
        assertThat(web.node.writes.poll()).isEqualTo(asked);
    }

    @Test
    void setsAKeyWithAndWithoutTheSlash() {
        assertSet(web.get("/set_kv/?key=foo&value=bar"), "foo", "bar");
        assertSet(web.get("/set_kv?key=foo&value="), "foo", "");
        assertSet(
                web.get("/set_kv/?value=b+c%2B;d%3D=&other=1&key=%C3%A9%F0%9F%98%80%26"), "é\ud83d\ude00&", "b c+;d==");
    }

    @Test
    void setsAKeyByPostAndPutFromQueryOrForm() {
        MultiMap form = MultiMap.caseInsensitiveMultiMap().add("key", "é&").add("value", "a b\u20ac");
        assertSet(web.form(HttpMethod.POST, "/set_kv/", form), "é&", "a b\u20ac");
        assertSet(web.form(HttpMethod.PUT, "/set_kv", form), "é&", "a b\u20ac");
        assertSet(web.send(HttpMethod.POST, "/set_kv?key=k&value=v"), "k", "v");
        MultiMap value = MultiMap.caseInsensitiveMultiMap().add("value", "v");
        assertSet(web.form(HttpMethod.PUT, "/set_kv/?key=k", value), "k", "v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/set_kv/",
                "/set_kv/?key=&value=v",
                "/set_kv/?value=v",
                "/set_kv/?key=k",
                "/set_kv?key=k&key=l&value=v",
                "/set_kv?key=%zz&value=v",
                "/set_kv?key=k&value=%4",
                "/set_kv?key=%ff&value=v",
                "/set_kv?key=%ed%a0%80&value=v"
            })
    void refusesWhatIsMissingEmptyOrMalformed(String uri) {
        assertProblem(web.get(uri), 400, "Bad Request");
        assertThat(web.node.writes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 400, Bad Request",
        "403, 403, Forbidden",
        "413, 413, Request Entity Too Large",
        "422, 422, Unprocessable Entity",
        "503, 503, Service Unavailable",
        "77, 503, Service Unavailable"
    })
    void passesOnWhyTheNodeRefuses(int code, int status, String title) {
        web.node.refuse(code, "because of the key");

        HttpResponse<Buffer> answer = web.get("/set_kv/?key=k&value=v");

        assertProblem(answer, status, title);
        assertThat(answer.bodyAsJsonObject().getString("detail")).isEqualTo("because of the key");
    }

    @Test
    void refusesLargeBodiesOtherMediaTypesAndLongLines() {
        Buffer large = Buffer.buffer("key=k&value=" + "v".repeat(300_000));
        assertProblem(
                WebFixture.await(web.request(HttpMethod.POST, "/set_kv")
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .sendBuffer(large)),
                413,
                "Request Entity Too Large");
        assertProblem(
                WebFixture.await(web.request(HttpMethod.POST, "/set_kv").sendJsonObject(new JsonObject())),
                415,
                "Unsupported Media Type");
        assertSet(web.get("/set_kv?key=k&value=" + "v".repeat(125_000)), "k", "v".repeat(125_000));
        assertProblem(web.get("/set_kv?key=k&value=" + "v".repeat(132_000)), 414, "Request-URI Too Long");
        assertProblem(web.get("/", Map.of("X-Long", "v".repeat(20_000))), 431, "Request Header Fields Too Large");
        assertThat(web.node.writes).isEmpty();
    }

    @Test
    void updatesTheService() {
        HttpResponse<Buffer> answer = web.get("/update_service?service_type=storage&shard=2&host=127.0.0.1:80");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.bodyAsString()).isEqualTo("{\"status\":true,\"message\":\"Service updated successfully\"}");
        JsonObject asked = java.util.Objects.requireNonNull(web.node.writes.poll());
        assertThat(asked.getString("action")).isEqualTo("setService");
        assertThat(asked.getString("type")).isEqualTo("storage");
        assertThat(asked.getLong("shard")).isEqualTo(2);
        assertThat(asked.getString("host")).isEqualTo("127.0.0.1:80");

        assertThat(web.get("/update_service?service_type=api_gateway").statusCode())
                .isEqualTo(200);
        assertThat(java.util.Objects.requireNonNull(web.node.writes.poll()).containsKey("host"))
                .isFalse();
    }

    @Test
    void saysWhyAServiceIsRefused() {
        assertThat(web.get("/update_service?service_type=storage&shard=x").bodyAsJsonObject())
                .isEqualTo(new JsonObject()
                        .put("status", false)
                        .put("message", "Invalid shard 'x', allowed: 0 and above"));
        web.node.refuse(400, "Unknown service type '', allowed: storage");

        HttpResponse<Buffer> answer = web.get("/update_service");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(answer.bodyAsString())
                .isEqualTo("{\"status\":false,\"message\":\"Unknown service type '', allowed: storage\"}");
        web.node.refuse(503, "closing");
        assertProblem(web.get("/update_service?service_type=storage"), 503, "Service Unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service_type=%zz",
                "service_type=storage&shard=%4",
                "service_type=storage&host=%ff",
                "service_type=storage&service_type=searcher",
                "service_type=storage&shard=1&shard=1",
                "service_type=storage&shard=99999999999999999999"
            })
    void saysInTheSameShapeThatAServicesParametersAreMalformed(String query) {
        HttpResponse<Buffer> answer = web.get("/update_service?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
        JsonObject body = answer.bodyAsJsonObject();
        assertThat(body.fieldNames()).containsExactly("status", "message");
        assertThat(body.getBoolean("status")).isFalse();
        assertThat(body.getString("message")).isNotBlank();
        assertThat(web.node.writes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Origin, ':'",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void refusesWritesFromPagesOfAForeignOrigin(String header, String value) {
        Map<String, String> headers = Map.of(header, value);

        assertProblem(web.get("/set_kv/?key=k&value=v", headers), 403, "Forbidden");
        assertProblem(web.get("/set_kv?key=k&value=v", headers), 403, "Forbidden");
        assertProblem(web.get("/update_service?service_type=storage", headers), 403, "Forbidden");
        assertProblem(
                WebFixture.await(web.request(HttpMethod.POST, "/set_kv?key=k&value=v")
                        .putHeader(header, value)
                        .send()),
                403,
                "Forbidden");
        assertThat(web.node.writes).isEmpty();
        assertThat(web.get("/members", headers).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsWritesFromItsOwnPagesAndFromTheAddressBar() {
        String own = "http://127.0.0.1:" + web.port();
        assertSet(web.get("/set_kv?key=k&value=v", Map.of("Origin", own, "Sec-Fetch-Site", "same-origin")), "k", "v");
        assertSet(web.get("/set_kv?key=k&value=v", Map.of("Sec-Fetch-Site", "none")), "k", "v");
    }

    @Test
    void answersUnknownPathsAndMethodsWithProblems() {
        assertProblem(web.get("/nothing"), 404, "Not Found");
        assertProblem(web.get("/members/x"), 404, "Not Found");
        assertProblem(web.get("/%zz"), 400, "Bad Request");
        HttpResponse<Buffer> post = web.send(HttpMethod.POST, "/members");
        assertProblem(post, 405, "Method Not Allowed");
        assertThat(post.getHeader("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        HttpResponse<Buffer> delete = web.send(HttpMethod.DELETE, "/set_kv/?key=k");
        assertProblem(delete, 405, "Method Not Allowed");
        assertThat(delete.getHeader("Allow")).isEqualTo("GET, POST, PUT, OPTIONS");
        assertThat(web.send(HttpMethod.HEAD, "/set_kv?key=k&value=v").statusCode())
                .isEqualTo(405);
        assertThat(web.node.writes).isEmpty();
    }
}
