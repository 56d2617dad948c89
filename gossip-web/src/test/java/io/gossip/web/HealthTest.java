/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.Readiness;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    private void startWithANode() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
    }

    private static void assertHealth(HttpResponse<Buffer> answer, int status, String reason) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
        JsonObject body = answer.bodyAsJsonObject();
        assertThat(body.getString("status")).isEqualTo(status == 200 ? "UP" : "DOWN");
        assertThat(body.getString("reason", "")).contains(reason);
    }

    @Test
    void isUpWhenTheNodeAnswersAndIsReady() {
        startWithANode();

        assertHealth(web.get("/health/live"), 200, "");
        assertHealth(web.get("/health/ready"), 200, "fake");
        HttpResponse<Buffer> head = web.send(HttpMethod.HEAD, "/health/ready");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isNull();
    }

    @Test
    void tellsWhyTheNodeIsNotReady() {
        startWithANode();
        web.node.readiness = new Readiness(false, "no peer has answered yet");

        assertHealth(web.get("/health/ready"), 503, "no peer has answered yet");
        assertHealth(web.get("/health/live"), 200, "");
        assertThat(web.send(HttpMethod.HEAD, "/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void withoutANodeTheProcessIsAliveButNotReady() {
        web.startWebOnly();

        assertHealth(web.get("/health/live"), 200, "");
        assertHealth(web.get("/health/ready"), 503, "no node answers");
    }

    @Test
    void aNodeWhoseLoopDoesNotAnswerIsNeitherAliveNorReady() {
        startWithANode();
        web.node.silent = true;

        assertHealth(web.get("/health/live"), 503, "has not answered for 2 s");
        assertHealth(web.get("/health/ready"), 503, "has not answered for 2 s");
    }

    @Test
    void aNodeThatRunsNoRoundsIsNotAlive() {
        web.node.with(member(SELF, MemberState.LIVE, 1)); // it never runs a round
        WebFixture.await(web.node.serve());
        AtomicLong nanos = new AtomicLong(-5);
        Resources resources = new Resources((context, needed) -> {});
        GossipService service = GossipService.create(web.vertx, GossipWebOptions.DEFAULT_ADDRESS_PREFIX);
        new HealthResources(service, Duration.ofSeconds(5), nanos::get, Access.ANYONE).addTo(resources);
        Router router = Router.router(web.vertx);
        router.route().handler(resources::answer);
        int port = WebFixture.await(
                        web.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();

        assertHealth(get(port), 200, "");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(49));
        assertHealth(get(port), 200, "");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertHealth(get(port), 503, "no gossip round for 50 s");
    }

    private HttpResponse<Buffer> get(int port) {
        return WebFixture.await(
                web.client.get(port, "127.0.0.1", "/health/live").send());
    }
}
