/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.NodeStatus;
import io.gossip.eventbus.Readiness;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.operation.HealthResources;
import io.gossip.web.request.Access;
import io.gossip.web.request.Resources;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
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

    /** A machine that stalls makes the node late by more than a probe waits. */
    private HttpResponse<Buffer> getOnceUp(String uri) {
        return onceSo(HttpMethod.GET, uri, answer -> answer.statusCode() == 200);
    }

    private HttpResponse<Buffer> onceSo(HttpMethod method, String uri, Predicate<HttpResponse<Buffer>> wanted) {
        HttpResponse<Buffer> answer = web.send(method, uri);
        for (int again = 0; again < 20 && !wanted.test(answer); again++) {
            answer = web.send(method, uri);
        }
        return answer;
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

        assertHealth(getOnceUp("/health/live"), 200, "");
        assertHealth(getOnceUp("/health/ready"), 200, "fake");
        HttpResponse<Buffer> head = onceSo(HttpMethod.HEAD, "/health/ready", answer -> answer.statusCode() == 200);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isNull();
    }

    @Test
    void tellsWhyTheNodeIsNotReady() {
        startWithANode();
        web.node.readiness = new Readiness(false, "no peer has answered yet");

        String reason = "no peer has answered yet";
        assertHealth(
                onceSo(
                        HttpMethod.GET,
                        "/health/ready",
                        answer -> answer.bodyAsString().contains(reason)),
                503,
                reason);
        assertHealth(getOnceUp("/health/live"), 200, "");
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
    void probesAndVitalsShareOneQuestionToTheNode() {
        startWithANode();
        web.node.silent = true;
        int before = web.node.statuses.get();

        List<Future<HttpResponse<Buffer>>> probes = Stream.of("/health/live", "/health/ready", "/health/live")
                .map(path -> web.request(HttpMethod.GET, path).send())
                .toList();
        Future<HttpResponse<Buffer>> unanswered =
                web.request(HttpMethod.GET, "/api/v1/vitals").send();

        assertThat(WebFixture.await(Future.all(probes)).<HttpResponse<Buffer>>list())
                .allSatisfy(answer -> assertHealth(answer, 503, "has not answered for 2 s"));
        assertThat(unanswered.isComplete()).isFalse();
        assertThat(web.node.statuses.get() - before).isEqualTo(1);
    }

    @Test
    void aNodeThatRunsNoRoundsIsNotAlive() {
        web.node.with(member(SELF, MemberState.LIVE, 1)); // it never runs a round
        WebFixture.await(web.node.serve());
        AtomicLong nanos = new AtomicLong(-5);
        Resources resources = new Resources((context, needed) -> {});
        GossipService service = GossipService.create(web.vertx, GossipWebOptions.DEFAULT_ADDRESS_PREFIX);
        RecentAnswer<NodeStatus> statuses = new RecentAnswer<>(service::status, Duration.ofMillis(100), nanos::get);
        new HealthResources(statuses, Duration.ofSeconds(5), nanos::get, Access.ANYONE).addTo(resources);
        Router router = Router.router(web.vertx);
        router.route().handler(resources::answer);
        int port = WebFixture.await(
                        web.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();

        assertHealth(get(port), 200, "");
        int asked = web.node.statuses.get();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(99));
        assertHealth(get(port), 200, "");
        assertThat(web.node.statuses)
                .as("a question of a moment ago serves again")
                .hasValue(asked);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(49) - TimeUnit.MILLISECONDS.toNanos(99));
        assertHealth(get(port), 200, "");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertHealth(get(port), 503, "no gossip round for 50 s");
    }

    private HttpResponse<Buffer> get(int port) {
        return WebFixture.await(
                web.client.get(port, "127.0.0.1", "/health/live").send());
    }
}
