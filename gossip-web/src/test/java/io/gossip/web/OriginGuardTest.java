/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.web.security.OwnHosts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page whose name was made to resolve to this machine is of the same origin for the browser, but not for us. */
class OriginGuardTest {
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

    private HttpResponse<Buffer> write(String host, String header, String value) {
        return WebFixture.await(web.request(HttpMethod.POST, "/set_kv?key=k&value=v")
                .putHeader("Host", host)
                .putHeader(header, value)
                .send());
    }

    private HttpResponse<Buffer> get(String uri, String host) {
        return web.get(uri, Map.of("Host", host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:10000",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.1",
                "2130706433",
                "localhost."
            })
    void refusesWritesOfBrowsersToANameThatIsNotOurs(String host) {
        HttpResponse<Buffer> byOrigin = write(host, "Origin", "http://" + host);
        HttpResponse<Buffer> bySite = write(host, "Sec-Fetch-Site", "same-origin");

        WriteTest.assertProblem(byOrigin, 403, "Forbidden");
        WriteTest.assertProblem(bySite, 403, "Forbidden");
        assertThat(bySite.bodyAsJsonObject().getString("detail")).contains("Host", "IP address", "localhost");
        // Over plain HTTP, a browser sends neither header with a GET to a page's own name.
        WriteTest.assertProblem(write(host, "X-Other", "maybe a program"), 403, "Forbidden");
        WriteTest.assertProblem(get("/set_kv?key=k&value=v", host), 403, "Forbidden");
        WriteTest.assertProblem(get("/", host), 403, "Forbidden");
        assertThat(get("/health/ready", host).statusCode()).isEqualTo(200);
        assertThat(web.node.writes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "192.0.2.7", "[::1]:10000", "[2001:db8::7]", "localhost:10000", "LocalHost"})
    void acceptsWritesOfBrowsersToAnAddressOrLocalhost(String host) {
        assertThat(write(host, "Origin", "http://" + host).statusCode()).isEqualTo(200);
        assertThat(write(host, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsTheConfiguredHost() {
        OwnHosts hosts = new OwnHosts("Node-1.internal", Set.of("Gossip.Example"));

        assertThat(hosts.contains("node-1.INTERNAL")).isTrue();
        assertThat(hosts.contains("gossip.example")).isTrue();
        assertThat(hosts.contains("any.localhost")).isTrue();
        assertThat(hosts.contains("node-2.internal")).isFalse();
    }
}
