/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.engine.Profile;
import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The document follows the configuration, and the node does what the document then says. */
class OpenApiDocumentTest {
    private static final String OWN_KEY = "/components/schemas/OwnKey";
    private static final String OFFER = "/components/schemas/ServiceOffer";
    private static final String TOKEN = "write-0123456789";

    private final Vertx vertx = Vertx.vertx();
    private final WebClient client = WebClient.create(vertx);
    private final GossipOptions gossip = new GossipOptions().setNode(new GossipNodeOptions().setNodeId("one"));
    private final GossipWebOptions web = new GossipWebOptions().setPort(0);

    @AfterEach
    void close() {
        WebFixture.await(vertx.close());
    }

    private GossipServer start() {
        return WebFixture.await(GossipServer.start(
                vertx, new GossipServerOptions(gossip, web), new InMemoryNetwork(new Random(1)).transport()));
    }

    private HttpResponse<Buffer> get(GossipServer server, String uri) {
        return WebFixture.await(client.get(server.httpPort(), "127.0.0.1", uri).send());
    }

    private JsonObject document(GossipServer server) {
        return get(server, "/openapi.json").bodyAsJsonObject();
    }

    private static JsonObject operation(JsonObject document, String path, String method) {
        return document.getJsonObject("paths").getJsonObject(path).getJsonObject(method);
    }

    private static void assertNeeds(JsonObject operation, String role) {
        assertThat(operation.getJsonArray("security"))
                .isEqualTo(new JsonArray().add(new JsonObject().put("bearer", new JsonArray().add(role))));
        assertThat(operation.getJsonObject("responses").fieldNames()).contains("401", "403");
    }

    @Test
    void declaresTokensAndWhatEachRoleMayDo() {
        web.getSecurity().setTokens(List.of(new AccessToken(TOKEN, TokenRole.WRITE)));
        JsonObject document = document(start());

        JsonObject scheme = document.getJsonObject("components")
                .getJsonObject("securitySchemes")
                .getJsonObject("bearer");
        assertThat(scheme.getString("type")).isEqualTo("http");
        assertThat(scheme.getString("scheme")).isEqualTo("bearer");
        assertNeeds(operation(document, "/", "get"), "read");
        assertNeeds(operation(document, "/members", "head"), "read");
        assertNeeds(operation(document, "/set_kv", "get"), "write");
        assertNeeds(operation(document, "/api/v1/keys/{key}", "delete"), "write");
        JsonObject open = operation(document, "/health/live", "get");
        assertThat(open.getJsonArray("security")).isEmpty();
        assertThat(open.getJsonObject("responses").fieldNames()).doesNotContain("401");
    }

    @Test
    void saysNothingOfTokensWhereThereAreNone() {
        String document = document(start()).encode();

        assertThat(document)
                .doesNotContain("securitySchemes")
                .doesNotContain("\"security\"")
                .doesNotContain("\"401\"");
    }

    @Test
    void saysThatAForeignHostIsRefused() {
        JsonObject document = document(start());

        assertThat(operation(document, "/members", "get")
                        .getJsonObject("responses")
                        .fieldNames())
                .contains("403");
        assertThat(operation(document, "/docs", "get")
                        .getJsonObject("responses")
                        .fieldNames())
                .doesNotContain("403");
    }

    @Test
    void listsTheServicesThatTheNodeMayOffer() {
        gossip.setServiceTypes(Map.of("indexer", true, "mailer", false, "storage", false));
        GossipServer server = start();
        ApiContract contract = new ApiContract(document(server));

        for (String type : List.of("indexer", "mailer", "storage", "searcher", "api_gateway", "nonsense")) {
            for (int shard = 0; shard < 2; shard++) {
                JsonObject offer = new JsonObject().put("service_type", type).put("shard", shard);
                int status = get(server, "/update_service?service_type=" + type + "&shard=" + shard)
                        .statusCode();
                assertThat(contract.fits(OFFER, offer.encode()))
                        .as(offer + " → " + status)
                        .isEqualTo(status == 200);
            }
        }
    }

    @Test
    void describesKeysAsTheProfileAllowsThem() {
        for (Profile profile : Profile.values()) {
            gossip.getNode().setProfile(profile);
            GossipServer server = start();
            ApiContract contract = new ApiContract(document(server));

            for (String key : List.of("a", "é", "aé", "gossip:a", " ")) {
                String uri = "/api/v1/keys?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
                int status = WebFixture.await(client.request(HttpMethod.PUT, server.httpPort(), "127.0.0.1", uri)
                                .sendBuffer(Buffer.buffer("v")))
                        .statusCode();
                String json = new JsonArray().add(key).encode();
                assertThat(contract.fits(OWN_KEY, json.substring(1, json.length() - 1)))
                        .as(profile + " " + key + " → " + status)
                        .isEqualTo(status == 201);
            }
            WebFixture.await(server.close());
        }
    }

    @Test
    void tellsHowLargeAnEntryMayBe() {
        gossip.getNode().setMaxEntryBytes(100);
        GossipServer server = start();

        JsonObject key = document(server)
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("OwnKey");
        assertThat(key.getInteger("x-max-entry-bytes")).isEqualTo(100);
        assertThat(get(server, "/set_kv?key=k&value=" + "v".repeat(99)).statusCode())
                .isEqualTo(200);
        assertThat(get(server, "/set_kv?key=k&value=" + "v".repeat(100)).statusCode())
                .isEqualTo(413);
    }
}
