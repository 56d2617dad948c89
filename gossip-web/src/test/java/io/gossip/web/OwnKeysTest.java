/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real node's own keys. */
class OwnKeysTest {
    private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain;charset=UTF-8");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final GossipServer server = WebFixture.await(GossipServer.start(
            vertx,
            new GossipServerOptions(
                    new GossipOptions().setNode(new GossipNodeOptions().setNodeId("one")),
                    new GossipWebOptions().setPort(0)),
            new InMemoryNetwork(new Random(1)).transport()));
    private final ApiContract contract = new ApiContract(WebFixture.await(
                    client.get(server.httpPort(), "127.0.0.1", "/openapi.json").send())
            .bodyAsJsonObject());

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private HttpResponse<Buffer> send(String method, String uri, Map<String, String> headers, String body) {
        HttpMethod verb = HttpMethod.valueOf(method);
        HttpRequest<Buffer> request = client.request(verb, server.httpPort(), "127.0.0.1", uri);
        headers.forEach(request::putHeader);
        return contract.check(
                verb, uri, WebFixture.await(body.isEmpty() ? request.send() : request.sendBuffer(Buffer.buffer(body))));
    }

    private HttpResponse<Buffer> get(String uri) {
        return send("GET", uri, Map.of(), "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k",
                ".",
                "..",
                "a/b",
                "a//../b",
                "/",
                " ",
                "a+b",
                "50%",
                "a?b#c",
                "aé\ud83d\ude00",
                "\u0000",
                "{}"
            })
    void everyKeyCanBeWrittenReadAndDeletedByPathAndByParameter(String key) {
        String part = ApiReadTest.encoded(key);
        for (String uri : List.of("/api/v1/keys/" + part, "/api/v1/keys?key=" + part)) {
            HttpResponse<Buffer> created = send("PUT", uri, TEXT, "wért");
            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.bodyAsJsonObject().getString("outcome")).isEqualTo("created");
            HttpResponse<Buffer> read = get(uri);
            assertThat(read.bodyAsJsonObject().getString("key")).isEqualTo(key);
            assertThat(read.bodyAsJsonObject().getString("value")).isEqualTo("wért");
            assertThat(read.bodyAsJsonObject().getLong("version"))
                    .isEqualTo(created.bodyAsJsonObject().getLong("version"));
            assertThat(send("PUT", uri, JSON, "{\"value\":\"\"}").statusCode()).isEqualTo(200);
            assertThat(get(uri).bodyAsJsonObject().getString("value")).isEmpty();
            assertThat(send("DELETE", uri, Map.of(), "").statusCode()).isEqualTo(200);
            assertThat(get(uri).statusCode()).isEqualTo(404);
            assertThat(send("DELETE", uri, Map.of(), "").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void slashesInAPathNeedNoEscape() {
        assertThat(send("PUT", "/api/v1/keys/a//b/", TEXT, "1").statusCode()).isEqualTo(201);
        assertThat(get("/api/v1/keys/a%2F%2Fb%2F").statusCode()).isEqualTo(200);
    }

    @Test
    void theLongestKeyCanBeWritten() {
        String uri = "/api/v1/keys/" + "%6B".repeat(32_768);

        assertThat(send("PUT", uri, JSON, "{\"value\":\"\"}").statusCode()).isEqualTo(201);
        assertThat(get(uri).statusCode()).isEqualTo(200);
        assertThat(send("PUT", uri + "k", TEXT, "v").statusCode()).isEqualTo(413);
        assertThat(send("PUT", uri + "k".repeat(40_000), TEXT, "v").statusCode())
                .isEqualTo(414);
    }

    @Test
    void whatWasWrittenCanBeReadAtOnce() {
        for (int i = 0; i < 200; i++) {
            assertThat(send("PUT", "/api/v1/keys/counter", TEXT, "v" + i).statusCode())
                    .isLessThan(300);
            assertThat(get("/api/v1/keys/counter").bodyAsJsonObject().getString("value"))
                    .isEqualTo("v" + i);
        }
    }

    @Test
    void keysWithALifetimeSayWhatTheyAre() {
        assertThat(send("PUT", "/api/v1/keys/t?ttl=true", TEXT, "1").statusCode())
                .isEqualTo(201);
        assertThat(get("/api/v1/keys/t").bodyAsJsonObject().getString("status")).isEqualTo("DeleteAfterTtl");
        send("PUT", "/api/v1/keys?key=u", TEXT, "1");
        assertThat(get("/api/v1/keys/u").bodyAsJsonObject().getString("status")).isEqualTo("Set");
        assertThat(send("DELETE", "/api/v1/keys/u?ttl=true", Map.of(), "").statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/keys/u").bodyAsJsonObject().getString("status")).isEqualTo("DeleteAfterTtl");
        assertThat(send("PUT", "/api/v1/keys/t?ttl=1", TEXT, "1").statusCode()).isEqualTo(400);
    }

    @Test
    void refusalsHaveTheirCodes() {
        assertThat(send("PUT", "/api/v1/keys/", TEXT, "v").statusCode()).isEqualTo(400);
        assertThat(send("PUT", "/api/v1/keys", TEXT, "v").statusCode()).isEqualTo(400);
        assertThat(send("DELETE", "/api/v1/keys?key=", Map.of(), "").statusCode())
                .isEqualTo(400);
        assertThat(send("PUT", "/api/v1/keys/gossip%3Ahttp", TEXT, "v").statusCode())
                .isEqualTo(403);
        assertThat(send("DELETE", "/api/v1/keys/gossip:http", Map.of(), "").statusCode())
                .isEqualTo(403);
        assertThat(send("PUT", "/api/v1/keys/k", TEXT, "v".repeat(40_000)).statusCode())
                .isEqualTo(413);
        assertThat(send("PUT", "/api/v1/keys/k", TEXT, "v".repeat(300_000)).statusCode())
                .isEqualTo(413);
        assertThat(send("PUT", "/api/v1/keys/%C3%A9", TEXT, "v").statusCode()).isEqualTo(422);
        assertThat(send("PUT", "/api/v1/keys/k", Map.of("Content-Type", "text/html"), "v")
                        .statusCode())
                .isEqualTo(415);
        assertThat(send("PUT", "/api/v1/keys/k", Map.of("Content-Type", "text/plain;charset=latin1"), "v")
                        .statusCode())
                .isEqualTo(415);
        assertThat(send("PUT", "/api/v1/keys/k", Map.of("Accept", "text/plain"), "v")
                        .statusCode())
                .isEqualTo(406);
        assertThat(send("PUT", "/api/v1/keys/k", Map.of("Origin", "http://evil.example"), "v")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/api/v1/keys").bodyAsJsonObject().getJsonArray("keys")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "1",
                "null",
                "{}",
                "{\"value\":1}",
                "{\"value\":null}",
                "{\"value\":\"a\",\"x\":1}",
                "{\"value\":\"\\ud800\"}",
                "{\"value\":\"a\"} x"
            })
    void refusesJsonThatIsNoValue(String body) {
        assertThat(send("PUT", "/api/v1/keys/k", JSON, body).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyWithoutATypeIsTextAndNoBodyIsAMistake() {
        assertThat(send("PUT", "/api/v1/keys/k", Map.of(), "plain").statusCode())
                .isEqualTo(201);
        assertThat(get("/api/v1/keys/k").bodyAsJsonObject().getString("value")).isEqualTo("plain");
        assertThat(send("PUT", "/api/v1/keys/k", Map.of(), "").statusCode()).isEqualTo(400);
        assertThat(send("PUT", "/api/v1/keys/k", TEXT, "").statusCode()).isEqualTo(200);
        assertThat(new JsonObject(get("/api/v1/keys/k").bodyAsString()).getString("value"))
                .isEmpty();
    }
}
