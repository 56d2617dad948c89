/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.Reconfiguration;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconfigureWebTest {
    private static final Map<String, String> OLD = Map.of("Authorization", "Bearer old-0123456789abc");
    private static final Map<String, String> NEW = Map.of("Authorization", "Bearer new-0123456789abc");

    private final WebFixture web = new WebFixture();

    @BeforeEach
    void prepare() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
    }

    @AfterEach
    void close() {
        web.close();
    }

    private Reconfiguration reconfigure(GossipWebOptions wanted) {
        return WebFixture.await(web.verticle().reconfigure(wanted));
    }

    private GossipWebOptions inForce() {
        return web.verticle().options();
    }

    private int status(String uri, Map<String, String> headers) {
        var request = web.request(HttpMethod.GET, uri);
        headers.forEach(request::putHeader);
        return WebFixture.await(request.send()).statusCode();
    }

    private static GossipWebOptions withToken(GossipWebOptions options, String token) {
        options.getSecurity().setTokens(List.of(new AccessToken(token, TokenRole.WRITE)));
        return options;
    }

    @Test
    void rotatesTokensAndEndsTheEventStreamsThatWereOpenedWithThem() {
        withToken(web.options, "old-0123456789abc");
        web.start();
        assertThat(status("/", OLD)).isEqualTo(200);
        EventReader reader = EventReader.open(web.vertx, web.port(), "/api/v1/events", OLD);
        WebFixture.await("the stream is open", () -> web.api().openStreams() == 1);

        Reconfiguration outcome = reconfigure(withToken(inForce(), "new-0123456789abc"));

        assertThat(outcome).isEqualTo(new Reconfiguration(List.of("security.tokens"), List.of()));
        assertThat(status("/", OLD)).isEqualTo(401);
        assertThat(status("/", NEW)).isEqualTo(200);
        WebFixture.await("the stream has ended", () -> web.api().openStreams() == 0);
        assertThat(reader.status()).isEqualTo(200);
    }

    @Test
    void tokensMayComeAndGoAndTheDocumentSaysSo() {
        web.start();
        reconfigure(withToken(inForce(), "new-0123456789abc"));
        assertThat(status("/", Map.of())).isEqualTo(401);
        assertThat(document()).contains("securitySchemes");
        GossipWebOptions open = inForce();
        open.getSecurity().setTokens(List.of());
        reconfigure(open);
        assertThat(status("/", Map.of())).isEqualTo(200);
        assertThat(document()).doesNotContain("securitySchemes");
    }

    private String document() {
        return WebFixture.await(web.request(HttpMethod.GET, "/openapi.json").send())
                .bodyAsString();
    }

    @Test
    void theDocumentTellsTheRulesOfANodeThatHasTakenOverOtherOptions() {
        web.start();
        GossipOptions node = new GossipOptions();
        node.getNode().setMaxEntryBytes(4_321);

        web.verticle().nodeOptions(node);

        WebFixture.await("the document tells it", () -> document().contains("\"x-max-entry-bytes\":4321"));
    }

    @Test
    void heartbeatsAreReadAtTheNewInterval() {
        web.start(); // at an interval of an hour
        web.get("/");
        int read = web.node.snapshots.get();

        assertThat(reconfigure(inForce().setGossipIntervalMillis(1)).applied()).containsExactly("gossipIntervalMillis");

        WebFixture.await(
                "they are read again", () -> web.get("/").statusCode() == 200 && web.node.snapshots.get() > read);
    }

    @Test
    void allowsOtherNamesAndOrigins() {
        web.start();
        Map<String, String> named = Map.of("Host", "node.example");
        assertThat(status("/", named)).isEqualTo(403);
        GossipWebOptions wanted = inForce();
        wanted.getSecurity().setAllowedHosts(List.of("node.example")).setCorsOrigins(List.of("https://ui.example"));
        assertThat(reconfigure(wanted).applied()).containsExactly("security.allowedHosts", "security.corsOrigins");
        assertThat(status("/", named)).isEqualTo(200);
        var answer = WebFixture.await(web.request(HttpMethod.GET, "/")
                .putHeader("Origin", "https://ui.example")
                .send());
        assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://ui.example");
    }

    @Test
    void lowersLimits() {
        web.start();
        EventReader.open(web.vertx, web.port(), "/api/v1/events", Map.of());
        WebFixture.await("the stream is open", () -> web.api().openStreams() == 1);
        GossipWebOptions wanted = inForce().setMaxEventStreams(0).setMaxHeldAnswers(0);
        wanted.getSecurity().setMaxConnections(100);
        assertThat(reconfigure(wanted).applied())
                .containsExactly("maxEventStreams", "maxHeldAnswers", "security.maxConnections");
        assertThat(status("/api/v1/events", Map.of())).isEqualTo(503);
        assertThat(web.api().openStreams()).isEqualTo(1);
    }

    @Test
    void namesWhatNeedsARestartAndLeavesItAsItWas() {
        web.start();
        GossipWebOptions before = inForce();
        GossipWebOptions wanted = inForce()
                .setHost("localhost")
                .setPort(1)
                .setAddressPrefix("other")
                .setSetKeyByGet(false)
                .setCompareMembers(false)
                .setEventLogBytes(1)
                .setAdvertiseAddress("10.0.0.1:1");
        wanted.getSecurity().setHealthNeedsToken(true).setTls("some.crt", "some.key");
        assertThat(reconfigure(wanted))
                .isEqualTo(new Reconfiguration(
                        List.of(),
                        List.of(
                                "addressPrefix",
                                "advertiseAddress",
                                "compareMembers",
                                "eventLogBytes",
                                "host",
                                "port",
                                "setKeyByGet",
                                "security.healthNeedsToken",
                                "security.tlsCertificatePath",
                                "security.tlsKeyPath")));
        assertThat(inForce().toJson()).isEqualTo(before.toJson());
    }

    @Test
    void aVerticleThatHasNotStartedIsNotReconfigured() {
        assertThatThrownBy(() -> reconfigure(new GossipWebOptions())).hasMessageContaining("has not started");
    }
}
