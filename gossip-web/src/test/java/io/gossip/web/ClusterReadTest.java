/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.identity;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterReadTest {
    private static final NodeIdentity V6 = identity("v6", -1, "[2001:db8::1]:7946");
    private static final NodeIdentity GONE = identity("zé", 3, "127.0.0.1:9");
    private static final String SELF_JSON =
            "{\"node_id\":\"self\",\"generation_id\":7,\"gossip_advertise_addr\":\"127.0.0.1:10000\"}";
    private static final String V6_JSON =
            "{\"node_id\":\"v6\",\"generation_id\":18446744073709551615,\"gossip_advertise_addr\":\"[2001:db8::1]:7946\"}";
    private static final String GONE_JSON =
            "{\"node_id\":\"zé\",\"generation_id\":3,\"gossip_advertise_addr\":\"127.0.0.1:9\"}";

    private final WebFixture web = new WebFixture();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void showsTheWholeStateInTheRecordedShape() {
        web.node.seedAddresses = List.of(GossipAddress.parse("127.0.0.1:9"));
        web.node.with(
                member(
                        SELF,
                        MemberState.LIVE,
                        3,
                        entry("a", "1", 2),
                        new KeyMutation("b", "", 3, EntryStatus.TOMBSTONE),
                        entry("gossip:http", "h\"\\\n", 5),
                        new KeyMutation("t", "x", 4, EntryStatus.DELETE_AFTER_TTL),
                        entry("é\uffff", "€", 6),
                        entry("\ud83d\ude00", "", -2)),
                member(V6, MemberState.LIVE, Long.MIN_VALUE),
                member(GONE, MemberState.LEFT, 0));
        web.start();

        HttpResponse<Buffer> answer = web.get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
        String states = "{\"cluster_id\":\"c\",\"cluster_state\":{\"node_states\":["
                + "{\"chitchat_id\":" + SELF_JSON + ",\"heartbeat\":3,\"key_values\":{"
                + "\"a\":{\"value\":\"1\",\"version\":2,\"status\":\"Set\"},"
                + "\"b\":{\"value\":\"\",\"version\":3,\"status\":\"Delete\"},"
                + "\"gossip:http\":{\"value\":\"h\\\"\\\\\\n\",\"version\":5,\"status\":\"Set\"},"
                + "\"t\":{\"value\":\"x\",\"version\":4,\"status\":\"DeleteAfterTtl\"},"
                + "\"é\uffff\":{\"value\":\"€\",\"version\":6,\"status\":\"Set\"},"
                + "\"\\uD83D\\uDE00\":{\"value\":\"\",\"version\":18446744073709551614,\"status\":\"Set\"}},"
                + "\"max_version\":18446744073709551614,\"last_gc_version\":0},"
                + "{\"chitchat_id\":" + V6_JSON + ",\"heartbeat\":9223372036854775808,"
                + "\"key_values\":{},\"max_version\":0,\"last_gc_version\":0},"
                + "{\"chitchat_id\":" + GONE_JSON
                + ",\"heartbeat\":0,\"key_values\":{},\"max_version\":0,\"last_gc_version\":0}],"
                + "\"seed_addrs\":[\"127.0.0.1:9\"]},";
        assertThat(answer.bodyAsString())
                .isEqualTo(states + "\"live_nodes\":[" + SELF_JSON + "," + V6_JSON + "],\"dead_nodes\":[" + GONE_JSON
                        + "]}");
        assertThat(web.get("/?ids=short").bodyAsString())
                .isEqualTo(states + "\"live_nodes\":[\"self\",\"v6\"],\"dead_nodes\":[\"zé\"]}");
        assertThat(web.get("/?ids=long").statusCode()).isEqualTo(400);
    }

    @Test
    void listsLiveMembersWithTheirServicesAndTheDeadOnRequest() {
        String service = "{\"type\":\"storage\",\"sharded\":true,\"shard\":2,\"host\":\"127.0.0.1:8080\"}";
        web.node.with(
                member(SELF, MemberState.LIVE, 1, entry("service", service, 1)),
                member(V6, MemberState.LIVE, 1, entry("service", "not json", 1)),
                member(GONE, MemberState.DEAD, 1));
        web.start();
        String live = "{\"members\":[{\"node_id\":\"self\",\"generation_id\":7,\"gossip_addr\":\"127.0.0.1:10000\","
                + "\"alive\":true,\"service\":" + service + "},"
                + "{\"node_id\":\"v6\",\"generation_id\":18446744073709551615,\"gossip_addr\":\"[2001:db8::1]:7946\","
                + "\"alive\":true,\"service\":null}";

        assertThat(web.get("/members").bodyAsString()).isEqualTo(live + "]}");
        assertThat(web.get("/members?all=false").bodyAsString()).isEqualTo(live + "]}");
        assertThat(web.get("/members?all=true").bodyAsString())
                .isEqualTo(live + ",{\"node_id\":\"zé\",\"generation_id\":3,\"gossip_addr\":\"127.0.0.1:9\","
                        + "\"alive\":false,\"service\":null}]}");
        assertThat(web.get("/members?all=maybe").statusCode()).isEqualTo(400);
    }

    @Test
    void oneMembersTextThatIsNoTextDoesNotKeepTheOthersFromBeingShown() {
        String hostile = "{\"type\":\"\\ud800\",\"sharded\":true,\"shard\":2,\"host\":\"127.0.0.1:8080\"}";
        web.node.with(member(SELF, MemberState.LIVE, 1, entry("service", hostile, 1)));
        web.start();

        JsonObject shown = web.get("/members").bodyAsJsonObject();

        assertThat(shown.getJsonArray("members")
                        .getJsonObject(0)
                        .getJsonObject("service")
                        .getString("type"))
                .isEqualTo("\ufffd");
    }

    @Test
    void theTagStaysWhenOnlyHeartbeatsChangeAndChangesWithTheState() {
        web.options.setGossipIntervalMillis(1);
        web.node.with(member(SELF, MemberState.LIVE, 1, entry("a", "1", 1)));
        web.start();
        HttpResponse<Buffer> first = web.get("/");
        String tag = first.getHeader("ETag");
        assertThat(tag).isEqualTo("W/\"7-0-state\"");
        assertThat(first.getHeader("Vary")).isEqualTo("Accept");

        web.node.with(member(SELF, MemberState.LIVE, 2, entry("a", "1", 1)));
        WebFixture.await(
                "the heartbeat rises", () -> web.get("/").bodyAsString().contains("\"heartbeat\":2,"));

        assertThat(web.get("/").getHeader("ETag")).isEqualTo(tag);
        for (String header : List.of(tag, "\"7-0-state\"", "\"x\", " + tag, "*")) {
            HttpResponse<Buffer> unchanged = web.get("/", Map.of("If-None-Match", header));
            assertThat(unchanged.statusCode()).as(header).isEqualTo(304);
            assertThat(unchanged.body()).isNull();
            assertThat(unchanged.getHeader("ETag")).isEqualTo(tag);
            assertThat(unchanged.getHeader("Vary")).isEqualTo("Accept");
        }
        assertThat(web.get("/?ids=short", Map.of("If-None-Match", tag)).statusCode())
                .isEqualTo(200);

        web.node.publish("a", "2", 2);
        WebFixture.await(
                "the tag changes",
                () -> web.get("/", Map.of("If-None-Match", tag)).statusCode() == 200);
        HttpResponse<Buffer> later = web.get("/");
        assertThat(later.getHeader("ETag")).isEqualTo("W/\"7-1-state\"");
        assertThat(later.bodyAsString()).contains("\"a\":{\"value\":\"2\",\"version\":2,");
    }

    @Test
    void membersAnswer304PerRepresentation() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
        String live = web.get("/members").getHeader("ETag");
        String all = web.get("/members?all=true").getHeader("ETag");

        assertThat(live).isNotEqualTo(all);
        assertThat(web.get("/members", Map.of("If-None-Match", live)).statusCode())
                .isEqualTo(304);
        assertThat(web.get("/members", Map.of("If-None-Match", all)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void heartbeatsAreAskedForOncePerIntervalHoweverManyPoll() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
        int before = web.node.snapshots.get();

        for (int i = 0; i < 20; i++) {
            web.get("/");
            web.get("/members");
        }

        assertThat(web.node.snapshots.get() - before).isEqualTo(1);
    }

    @Test
    void aHundredPollersGetTheSameBytesMadeOnce() {
        web.node.with(
                member(SELF, MemberState.LIVE, 1, entry("a", "x".repeat(100_000), 1)), member(V6, MemberState.LIVE, 1));
        web.start();
        List<Future<HttpResponse<Buffer>>> polls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            polls.add(web.request(HttpMethod.GET, "/").send());
        }

        Buffer first = WebFixture.await(polls.get(0)).body();
        assertThat(first.length()).isGreaterThan(100_000);
        polls.forEach(poll -> assertThat(WebFixture.await(poll).body()).isEqualTo(first));
        assertThat(web.fragmentsMade()).isEqualTo(2);

        web.node.publish("b", "1", 2); // only the changed member is written anew
        WebFixture.await(
                "the change is shown", () -> web.get("/").bodyAsString().contains("\"b\":"));
        assertThat(web.fragmentsMade()).isEqualTo(3);
    }

    @Test
    void headSaysWhatGetWouldWithoutABodyOrTheLengthThatOnlyMakingItWouldTell() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();

        for (String uri : List.of("/", "/?ids=short", "/members")) {
            long made = web.fragmentsMade();
            int asked = web.node.snapshots.get();
            HttpResponse<Buffer> head = web.send(HttpMethod.HEAD, uri);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isNull();
            assertThat(head.getHeader("Content-Length")).isNull();
            assertThat(web.fragmentsMade()).isEqualTo(made);
            assertThat(web.node.snapshots).hasValue(asked);
            HttpResponse<Buffer> get = web.get(uri);
            assertThat(head.getHeader("ETag")).isEqualTo(get.getHeader("ETag"));
            assertThat(head.getHeader("Content-Type")).isEqualTo(get.getHeader("Content-Type"));
        }
    }

    @Test
    void readersGet503UntilTheNodeServes() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.startWebOnly();

        HttpResponse<Buffer> early = web.get("/");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(web.get("/members").statusCode()).isEqualTo(503);
        assertThat(web.get("/set_kv?key=a&value=b").statusCode()).isEqualTo(503);
        assertThat(web.get("/health/live").bodyAsString()).isEqualTo("{\"status\":\"UP\"}");

        WebFixture.await(web.node.serve());
        WebFixture.await("the node is found", () -> web.get("/members").statusCode() == 200);
        assertThat(web.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void theReaderThatFindsTheNodeGoneGets503AndOneAfterItsReturnThePicture() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.start();
        WebFixture.await(web.node.stopServing());

        assertThat(web.get("/").statusCode()).isEqualTo(503);
        assertThat(web.get("/members").statusCode()).isEqualTo(503);

        WebFixture.await(web.node.serve());
        WebFixture.await("the node is found", () -> web.get("/members").statusCode() == 200);
        assertThat(web.get("/").statusCode()).isEqualTo(200);
    }
}
