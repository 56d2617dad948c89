/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    @Test
    void aBrowserThatAsksForTheClusterIsSentThere() {
        web.startWebOnly();

        var answer = web.get("/", Map.of("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));

        assertThat(answer.bodyAsString()).startsWith("<!doctype html>");
    }
}
