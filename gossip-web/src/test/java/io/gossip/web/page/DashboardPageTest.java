/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.page;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.web.WebFixture;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardPageTest {
    static final List<String> FILES = DashboardPage.FILES;
    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"dashboard/([^\"]+)\"");
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
        assertThat(answer.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.bodyAsString())
                .doesNotContain("http://", "https://", "<style", "style=")
                .doesNotContainPattern("<script(?![^>]*src=)")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void servesEachFileThatThePageIsMadeOf(String name) {
        web.startWebOnly();

        var answer = web.get("/dashboard/" + name);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.bodyAsString().replace("http://www.w3.org/", "")).doesNotContain("http://", "https://");
        assertThat(web.get("/dashboard/" + name, Map.of("If-None-Match", answer.getHeader("ETag")))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void refersOnlyToFilesThatAreServed() {
        web.startWebOnly();
        Set<String> named = new TreeSet<>(FILES);
        for (String source : FILES) {
            String text = web.get("/dashboard/" + source).bodyAsString();
            IMPORT.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .forEach(name ->
                            assertThat(FILES).as("imported by " + source).contains(name));
            IMPORT.matcher(text).results().forEach(found -> named.remove(found.group(1)));
        }
        String page = web.get("/dashboard").bodyAsString();
        FILE.matcher(page).results().forEach(found -> {
            assertThat(FILES).contains(found.group(1));
            named.remove(found.group(1));
        });

        assertThat(named).as("served but used nowhere").isEmpty();
    }

    @Test
    void leadsThePathWithASlashToTheOneWithout() {
        web.startWebOnly();

        assertThat(web.get("/dashboard/").bodyAsString()).startsWith("<!doctype html>");
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
                "text/html, Application/XHTML+XML;q=0.9",
                // who takes no JSON
                "text/html",
                "text/*;q=0.5",
                "text/html, application/json;q=0, */*"
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
                "text/html;q=0",
                "image/png",
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
