/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSecurityTest {
    private static final String READER = "reader-0123456789";
    private static final String WRITER = "writer-0123456789";
    private static final String UI = "https://ui.example:8443";
    private static final Set<String> OPEN =
            Set.of("/health/live", "/health/ready", "/dashboard", "/dashboard/{file}", "/docs", "/openapi.json");
    private static final Set<String> WRITING_BY_GET = Set.of("/set_kv", "/set_kv/", "/update_service");

    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    private void start() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
    }

    private void startWithTokens() {
        web.options
                .getSecurity()
                .setTokens(List.of(new AccessToken(READER, TokenRole.READ), new AccessToken(WRITER, TokenRole.WRITE)));
        start();
    }

    private HttpResponse<Buffer> get(String uri, @Nullable String authorization) {
        return authorization == null ? web.get(uri) : web.get(uri, Map.of("Authorization", authorization));
    }

    /** The status alone: some answers never end. */
    private int status(HttpClient client, HttpMethod method, String path, @Nullable String token) {
        return WebFixture.await(client.request(method, web.port(), "127.0.0.1", path)
                .compose(request -> {
                    if (token != null) {
                        request.putHeader("Authorization", "Bearer " + token);
                    }
                    return request.send().compose(response -> {
                        int status = response.statusCode();
                        return request.connection().close().transform(closed -> Future.succeededFuture(status));
                    });
                }));
    }

    @Test
    void everyOperationOfTheDescriptionNeedsTheRoleThatItShould() {
        startWithTokens();
        HttpClient client = web.vertx.createHttpClient();
        JsonObject paths = web.get("/openapi.json").bodyAsJsonObject().getJsonObject("paths");
        int checked = 0;
        for (String path : paths.fieldNames()) {
            for (String name : paths.getJsonObject(path).fieldNames()) {
                if (!Set.of("get", "head", "put", "post", "delete").contains(name)) {
                    continue;
                }
                HttpMethod method = HttpMethod.valueOf(name.toUpperCase(Locale.ROOT));
                String uri = path.replaceAll("\\{[^}]*}", "x");
                boolean writes = WRITING_BY_GET.contains(path)
                        || Set.of("put", "post", "delete").contains(name);
                String what = name + " " + path;

                int nobody = status(client, method, uri, null);
                int reader = status(client, method, uri, READER);
                int writer = status(client, method, uri, WRITER);

                assertThat(nobody == 401)
                        .as(what + " without a token: " + nobody)
                        .isEqualTo(!OPEN.contains(path));
                assertThat(reader == 403).as(what + " by a reader: " + reader).isEqualTo(writes);
                assertThat(writer).as(what + " by a writer").isNotIn(401, 403);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(20);
        assertThat(status(client, HttpMethod.HEAD, "/", null)).isEqualTo(401);
        WebFixture.await(client.close()); // one that nobody needs any more is closed by the garbage collector
    }

    @Test
    void aBrowserWithoutATokenGetsToThePageThatAsksForIt() {
        startWithTokens();
        HttpRequest<Buffer> navigation = web.request(HttpMethod.GET, "/")
                .putHeader("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .followRedirects(false);

        HttpResponse<Buffer> answer = WebFixture.await(navigation.send());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.getHeader("Location")).isEqualTo("/dashboard");
        assertThat(answer.body()).isNull();
        assertThat(get("/dashboard", null).bodyAsString()).contains("token-dialog");
    }

    @Test
    void nothingIsWrittenWithoutTheRole() {
        startWithTokens();

        get("/set_kv?key=k&value=v", null);
        get("/set_kv?key=k&value=v", "Bearer " + READER);
        assertThat(web.node.writes).isEmpty();
        assertThat(get("/set_kv?key=k&value=v", "bearer " + WRITER).statusCode())
                .isEqualTo(200);
        assertThat(web.node.writes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer reader-012345678",
                "Bearer reader-01234567890",
                "Bearer READER-0123456789",
                "Bearer ",
                "Bearer",
                "Basic cmVhZGVyLTAxMjM0NTY3ODk6",
                "reader-0123456789"
            })
    void refusesWhatIsNoTokenOfItsOwn(String authorization) {
        startWithTokens();

        HttpResponse<Buffer> answer = get("/", authorization);

        WriteTest.assertProblem(answer, 401, "Unauthorized");
        assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"gossip\", error=\"invalid_token\"");
        assertThat(answer.bodyAsString()).doesNotContain(READER);
    }

    @Test
    void challengesAsTheStandardAsks() {
        startWithTokens();

        assertThat(get("/", null).getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"gossip\"");
        HttpResponse<Buffer> tooLittle = get("/set_kv?key=k&value=v", "Bearer " + READER);
        WriteTest.assertProblem(tooLittle, 403, "Forbidden");
        assertThat(tooLittle.getHeader("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
        MultiMap twice = MultiMap.caseInsensitiveMultiMap()
                .add("Authorization", "Bearer " + READER)
                .add("Authorization", "Bearer " + WRITER);
        assertThat(WebFixture.await(web.request(HttpMethod.GET, "/")
                                .putHeaders(twice)
                                .send())
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/metrics", "Bearer " + READER).statusCode()).isEqualTo(404); // no registry, but let in
    }

    @Test
    void healthCanBeClosedToo() {
        web.options.getSecurity().setHealthNeedsToken(true);
        startWithTokens();

        assertThat(web.get("/health/ready").statusCode()).isEqualTo(401);
        assertThat(web.get("/health/live").statusCode()).isEqualTo(401);
        assertThat(get("/health/ready", "Bearer " + READER).statusCode()).isEqualTo(200);
    }

    @Test
    void foreignOriginsAreStrangersByDefault() {
        start();

        HttpResponse<Buffer> read = web.get("/members", Map.of("Origin", UI));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.getHeader("Access-Control-Allow-Origin")).isNull();
        assertThat(preflight(UI).getHeader("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void configuredOriginsMayReadAndWriteAndNoOthers() {
        web.options.getSecurity().setCorsOrigins(List.of(UI));
        startWithTokens();

        HttpResponse<Buffer> preflight = preflight(UI);
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.getHeader("Access-Control-Allow-Origin")).isEqualTo(UI);
        assertThat(preflight.getHeader("Access-Control-Allow-Methods")).contains("PUT");
        assertThat(preflight.getHeader("Access-Control-Allow-Headers")).containsIgnoringCase("Authorization");

        HttpResponse<Buffer> read = web.get("/members", Map.of("Origin", UI, "Authorization", "Bearer " + READER));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.getHeader("Access-Control-Allow-Origin")).isEqualTo(UI);
        assertThat(String.join(",", read.headers().getAll("Vary"))).containsIgnoringCase("origin");
        assertThat(web.get("/members", Map.of("Origin", UI)).getHeader("Access-Control-Allow-Origin"))
                .as("a page must be able to read why it is refused")
                .isEqualTo(UI);

        HttpResponse<Buffer> written = write(UI);
        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(write("https://evil.example").statusCode()).isEqualTo(403);
        assertThat(write(UI + "0").statusCode()).isEqualTo(403);
        assertThat(write("http://127.0.0.1:" + web.port()).statusCode()).isEqualTo(200);
        HttpResponse<Buffer> other =
                web.get("/members", Map.of("Origin", "https://evil.example", "Authorization", "Bearer " + READER));
        assertThat(other.getHeader("Access-Control-Allow-Origin")).isNull();
        assertThat(String.join(",", other.headers().getAll("Vary"))).containsIgnoringCase("origin");
    }

    private HttpResponse<Buffer> preflight(String origin) {
        return WebFixture.await(web.request(HttpMethod.OPTIONS, "/set_kv")
                .putHeader("Origin", origin)
                .putHeader("Access-Control-Request-Method", "PUT")
                .putHeader("Access-Control-Request-Headers", "authorization")
                .send());
    }

    private HttpResponse<Buffer> write(String origin) {
        return WebFixture.await(web.request(HttpMethod.PUT, "/set_kv?key=k&value=v")
                .putHeader("Origin", origin)
                .putHeader("Sec-Fetch-Site", origin.contains("127.0.0.1") ? "same-origin" : "cross-site")
                .putHeader("Authorization", "Bearer " + WRITER)
                .send());
    }

    @Test
    void allowedHostsAreLetIn() {
        web.options.getSecurity().setAllowedHosts(List.of("gossip.example"));
        start();

        assertThat(web.get("/", Map.of("Host", "Gossip.example:80")).statusCode())
                .isEqualTo(200);
        assertThat(web.get("/", Map.of("Host", "evil.example")).statusCode()).isEqualTo(403);
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnce() {
        web.options.getSecurity().setMaxConnections(2);
        start();
        NetClient client = web.vertx.createNetClient();
        NetSocket first = connect(client, new AtomicBoolean());
        AtomicBoolean secondClosed = new AtomicBoolean();
        connect(client, secondClosed);
        AtomicBoolean thirdClosed = new AtomicBoolean();

        connect(client, thirdClosed);
        WebFixture.await("the third is closed", thirdClosed::get);
        assertThat(secondClosed).isFalse();

        WebFixture.await(first.close());
        WebFixture.await("there is room again", () -> answers(client));
    }

    private NetSocket connect(NetClient client, AtomicBoolean closed) {
        // On the event loop, before anything else can happen to the socket.
        return WebFixture.await(client.connect(web.port(), "127.0.0.1").map(socket -> {
            socket.closeHandler(nothing -> closed.set(true));
            return socket;
        }));
    }

    private boolean answers(NetClient client) {
        AtomicBoolean closed = new AtomicBoolean();
        AtomicBoolean answered = new AtomicBoolean();
        NetSocket socket = connect(client, closed);
        socket.handler(bytes -> answered.set(true));
        socket.write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
        WebFixture.await("an answer or the end", () -> answered.get() || closed.get());
        WebFixture.await(socket.close().otherwiseEmpty());
        return answered.get();
    }

    @Test
    void secretsAreNotShown() {
        WebSecurityOptions security =
                new WebSecurityOptions().setTokens(List.of(new AccessToken(WRITER, TokenRole.WRITE)));
        GossipWebOptions options = new GossipWebOptions().setSecurity(security);

        assertThat(security + " " + options + new GossipServerOptions().setWeb(options) + security.getTokens())
                .contains("write")
                .doesNotContain(WRITER);
        assertThatThrownBy(() -> new AccessToken("too-short-secret".substring(1), TokenRole.READ))
                .hasMessageNotContaining("oo-short");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tokens\":[{\"token\":\"0123456789abcdef\"}]}",
                "{\"tokens\":[{\"token\":\"0123 56789abcdef\",\"role\":\"read\"}]}",
                "{\"tokens\":[1]}",
                "{\"corsOrigins\":[\"*\"]}",
                "{\"corsOrigins\":[\"https://ui.example/path\"]}",
                "{\"corsOrigins\":[\"ui.example\"]}",
                "{\"allowedHosts\":[\"a:80\"]}",
                "{\"allowedHosts\":[\"a b\"]}",
                "{\"allowedHosts\":[\"a,b\"]}",
                "{\"allowedHosts\":[\"https://a\"]}",
                "{\"allowedHosts\":[\"a..b\"]}",
                "{\"allowedHosts\":[\"\"]}",
                "{\"maxConnections\":0}",
                "{\"tlsKeyPath\":\"x\"}",
                "{\"token\":1}"
            })
    void refusesOptionsThatCannotWork(String json) {
        String field = new JsonObject(json).fieldNames().iterator().next();

        assertThatThrownBy(() -> new WebSecurityOptions(new JsonObject(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field.startsWith("tokens") ? "token" : field);
    }
}
