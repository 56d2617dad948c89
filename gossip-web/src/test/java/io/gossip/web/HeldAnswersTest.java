/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.member;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldAnswersTest {
    /** Below the minute that the answers are held for, or they would come even if nothing let them go. */
    private static final int BOUND_SECONDS = 40;

    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    private void start() {
        web.node.with(member(SELF, MemberState.LIVE, 1, entry("a", "1", 1)));
        web.start();
    }

    private Future<HttpResponse<Buffer>> held(String uri) {
        String tag = web.get(uri).getHeader("ETag");
        int before = web.api().heldAnswers();
        Future<HttpResponse<Buffer>> answer = web.request(
                        HttpMethod.GET, uri + (uri.contains("?") ? "&" : "?") + "wait=1m")
                .putHeader("If-None-Match", tag)
                .send();
        WebFixture.await("the answer is held", () -> web.api().heldAnswers() == before + 1);
        return answer;
    }

    @Test
    void areGivenWhenSomethingChanges() {
        start();
        List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
        for (String uri :
                List.of("/", "/?ids=short", "/members", "/api/v1/keys/a", "/api/v1/keys?prefix=a", "/api/v1/cluster")) {
            answers.add(held(uri));
        }

        web.node.publish("a", "2", 2);

        for (Future<HttpResponse<Buffer>> answer : answers) {
            HttpResponse<Buffer> changed = WebFixture.await(BOUND_SECONDS, answer);
            assertThat(changed.statusCode()).isEqualTo(200);
            assertThat(changed.getHeader("ETag")).startsWith("W/\"7-1-");
        }
        assertThat(WebFixture.await(answers.get(3)).bodyAsJsonObject().getString("value"))
                .isEqualTo("2");
        assertThat(web.api().heldAnswers()).isZero();
    }

    @Test
    void are304WhenTheTimeIsOver() {
        start();
        String tag = web.get("/members").getHeader("ETag");

        assertThat(web.get("/members?wait=20ms", Map.of("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
    }

    @Test
    void areNotHeldForReadersThatDoNotSayWhatTheyHave() {
        start();

        assertThat(web.get("/members?wait=60s").statusCode()).isEqualTo(200);
        assertThat(web.get("/members?wait=60s", Map.of("If-None-Match", "W/\"x\""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(web.get("/members?wait=60s", Map.of("If-None-Match", "*")).statusCode())
                .isEqualTo(304);
        assertThat(web.api().heldAnswers()).isZero();
    }

    @Test
    void areForgottenWhenTheClientGoesAway() throws IOException {
        start();
        String tag = web.get("/members").getHeader("ETag");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), web.port())) {
            String request = "GET /members?wait=1m HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            WebFixture.await("the answer is held", () -> web.api().heldAnswers() == 1);
        }

        WebFixture.await(
                BOUND_SECONDS, "the request is forgotten", () -> web.api().heldAnswers() == 0);
    }

    @Test
    void areNeverMoreThanTheLimit() {
        web.options.setMaxHeldAnswers(1);
        start();
        Future<HttpResponse<Buffer>> first = held("/members");
        String tag = web.get("/members").getHeader("ETag");

        HttpResponse<Buffer> second = web.get("/members?wait=1s", Map.of("If-None-Match", tag));

        assertThat(second.statusCode()).isEqualTo(503);
        web.node.publish("a", "2", 2);
        assertThat(WebFixture.await(BOUND_SECONDS, first).statusCode()).isEqualTo(200);
    }

    @Test
    void are503WhenTheNodeIsGoneAndWhenTheVerticleStops() {
        web.options.setGossipIntervalMillis(1);
        start();
        Future<HttpResponse<Buffer>> first = held("/members");
        WebFixture.await(web.node.stopServing());
        assertThat(WebFixture.await(BOUND_SECONDS, first).statusCode()).isEqualTo(503);

        WebFixture.await(web.node.serve());
        WebFixture.await("the node is found", () -> web.get("/members").statusCode() == 200);
        Future<HttpResponse<Buffer>> second = held("/members");
        WebFixture.await(web.vertx.undeploy(web.vertx.deploymentIDs().iterator().next()));
        assertThat(WebFixture.await(BOUND_SECONDS, second).statusCode()).isEqualTo(503);
    }
}
