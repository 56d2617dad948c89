/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardPageTest {
    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void showsAPageThatLoadsNothingFromElsewhere() {
        web.startWebOnly();

        var answer = web.get("/dashboard");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.getHeader("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.bodyAsString()).contains("members?all=true").doesNotContain("http://", "https://");
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() {
        web.startWebOnly();

        var answer = web.send(HttpMethod.HEAD, "/dashboard");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Integer.parseInt(answer.getHeader("Content-Length"))).isPositive();
        assertThat(answer.body()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Chrome
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
                        + "application/signed-exchange;v=b3;q=0.7",
                // Firefox before 132, and since
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/html, Application/XHTML+XML;q=0.9"
            })
    void aBrowserThatAsksForTheClusterIsSentThere(String accept) {
        web.startWebOnly();

        var answer = web.get("/", Map.of("Accept", accept));

        assertThat(answer.bodyAsString()).startsWith("<!doctype html>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", // HttpURLConnection
                "*/*", // curl
                "application/json, text/html;q=0.1",
                "application/json",
                "text/html",
                ""
            })
    void aProgramThatAsksForTheClusterGetsIt(String accept) {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();

        var answer = web.get("/", Map.of("Accept", accept));

        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aPlainJavaClientGetsTheCluster() throws IOException {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();

        var connection = new URL("http://127.0.0.1:" + web.port() + "/").openConnection();
        try (InputStream body = connection.getInputStream()) {
            assertThat(new String(body.readAllBytes(), UTF_8)).startsWith("{\"cluster_id\":");
        }
    }
}
