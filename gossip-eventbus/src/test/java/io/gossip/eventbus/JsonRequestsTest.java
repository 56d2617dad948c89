/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As a bridge or another language asks: JSON objects in, JSON objects out. */
class JsonRequestsTest {
    private static final int KEYS = 500;

    private final Neighbourhood neighbourhood = new Neighbourhood();
    private final GossipService service = neighbourhood.service("a");

    @BeforeEach
    void deploy() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            keys.put("k" + i, "value " + i);
        }
        neighbourhood.deploy(Neighbourhood.options("a", 7_001).setInitialKeyValues(keys));
    }

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    @Test
    void answersEveryActionInJson() {
        neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        ClusterView view = neighbourhood.view("a");
        neighbourhood.acquaint("a", "b");
        Waiting.until(view, picture -> picture.liveMembers().size() == 2);

        JsonObject created = new JsonObject().put("version", 502).put("outcome", "created");
        assertThat(ask(action("set").put("key", "x").put("value", "1"))).isEqualTo(created);
        assertThat(ask(action("setWithTtl").put("key", "y").put("value", "2")).getInteger("version"))
                .isEqualTo(503);
        JsonObject entry = new JsonObject()
                .put("key", "x")
                .put("value", "1")
                .put("version", 502)
                .put("status", "Set");
        assertThat(ask(action("get").put("key", "x")).getJsonArray("keys")).containsExactly(entry);
        assertThat(ask(action("touch").put("key", "x")).getString("outcome")).isEqualTo("updated");
        assertThat(ask(action("deleteAfterTtl").put("key", "x")).getString("outcome"))
                .isEqualTo("updated");
        assertThat(ask(action("delete").put("key", "x")).getString("outcome")).isEqualTo("updated");
        assertThat(ask(action("setService").put("type", "storage").put("shard", 2))
                        .getString("outcome"))
                .isEqualTo("created");
        assertThat(ask(action("withdrawService")).getString("outcome")).isEqualTo("updated");
        assertThat(ask(action("status")).getString("cluster_id")).isEqualTo("test");
        assertThat(ask(action("members")).getJsonArray("members")).hasSize(2);
        JsonObject done = new JsonObject().put("status", true);
        assertThat(ask(action("gossip").put("address", "127.0.0.1:7002"))).isEqualTo(done);
        JsonObject other =
                JsonParts.identity(view.current().member("b").orElseThrow().identity());
        Waiting.result(neighbourhood.service("b").leave());
        Waiting.until(view, picture -> picture.liveMembers().size() == 1);
        assertThat(ask(action("remove").put("node", other))).isEqualTo(done);
        assertThat(ask(action("leave"))).isEqualTo(done);
    }

    @Test
    void readsASnapshotPageByPageAtOneSequence() {
        ClusterPicture before = Waiting.result(service.snapshot());
        JsonObject request = action("snapshot").put("page_bytes", 4_096);
        JsonObject page = ask(request);
        JsonObject whole = page.copy();
        int pages = 1;
        while (page.getString("next") != null) {
            // What is written meanwhile must not show.
            Waiting.result(service.set("k" + (KEYS - pages), "changed"));
            page = ask(request.copy().put("page", page.getString("next")));
            assertThat(page.getLong("sequence")).isEqualTo(before.sequence());
            append(whole.getJsonArray("members"), page.getJsonArray("members"));
            pages++;
        }
        whole.remove("next");
        assertThat(pages).isGreaterThan(5);
        assertThat(Samples.told(ClusterPicture.fromJson(new JsonObject(whole.encode()))))
                .isEqualTo(Samples.told(before));
    }

    @Test
    void readsKeysPageByPage() {
        JsonObject request = action("keys").put("prefix", "k1").put("page_bytes", 1_024);
        List<Object> keys = new ArrayList<>();
        JsonObject page = ask(request);
        page.getJsonArray("keys").forEach(keys::add);
        assertThat(page.getString("next")).isNotNull();
        while (page.getString("next") != null) {
            page = ask(request.copy().put("page", page.getString("next")));
            page.getJsonArray("keys").forEach(keys::add);
        }
        assertThat(keys).hasSize(111); // k1, k10 … k19, k100 … k199
        assertThat(keys.stream().map(entry -> ((JsonObject) entry).getString("key")))
                .doesNotHaveDuplicates()
                .allMatch(key -> key.startsWith("k1"));
        assertThat(ask(action("keys").put("prefix", "k499")).getString("next")).isNull();
    }

    @Test
    void sharesOnePictureAmongReadersAndRefusesTooMany() {
        JsonObject request = action("snapshot").put("page_bytes", 1_024);
        String first = ask(request).getString("next");
        ask(request); // the same picture once more
        for (int i = 1; i < HeldPictures.MAX_HELD; i++) {
            Waiting.result(service.set("x", "" + i));
            assertThat(ask(request).getString("next")).isNotEqualTo(first);
        }
        Waiting.result(service.set("x", "last"));
        assertThat(failure(request).failureCode()).isEqualTo(503);
        assertThat(ask(action("keys").put("prefix", "k499")).getJsonArray("keys"))
                .as("what fits one page holds nothing")
                .hasSize(1);
        assertThat(ask(request.copy().put("page", first)).getJsonArray("members"))
                .hasSize(1);
    }

    @Test
    void askingForTheLastPageAgainLetsGoOfNobodyElsesPicture() {
        JsonObject request = action("snapshot").put("page_bytes", 1_024);
        String beyond = beyond(ask(request).getString("next"));
        String other = ask(request).getString("next");

        assertThat(ask(request.copy().put("page", beyond)).getString("next")).isNull();
        assertThat(failure(request.copy().put("page", beyond)).failureCode()).isEqualTo(404);

        assertThat(ask(request.copy().put("page", other)).getJsonArray("members"))
                .hasSize(1);
    }

    /** The last page of the reading that a page belongs to. */
    private static String beyond(String page) {
        return page.substring(0, page.indexOf('.')) + ".999999999.999999999";
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertThat(failure(action("snapshot").put("page", "7.0.0")))
                .hasMessageContaining("start over")
                .satisfies(failure -> assertThat(failure.failureCode()).isEqualTo(404));
        for (Object page : new Object[] {"", "x", "1.2", "-1.0.0", "1.99999999999.0", 7}) {
            assertThat(failure(action("snapshot").put("page", page)).failureCode())
                    .as("%s", page)
                    .isEqualTo(400);
        }
        String beyond = beyond(ask(action("snapshot").put("page_bytes", 1_024)).getString("next"));
        assertThat(ask(action("snapshot").put("page", beyond)).getString("next"))
                .isNull();
        for (int bytes : new int[] {1_023, 1_048_577}) {
            assertThat(failure(action("members").put("page_bytes", bytes)))
                    .hasMessageContaining("\"page_bytes\" must be between 1024 and 1048576");
        }
        assertThat(failure(action("keys").put("node_id", "nobody")).failureCode())
                .isEqualTo(404);
    }

    private static void append(JsonArray members, JsonArray more) {
        for (Object element : more) {
            JsonObject member = (JsonObject) element;
            JsonObject last = members.isEmpty() ? null : members.getJsonObject(members.size() - 1);
            if (last != null && last.getJsonObject("id").equals(member.getJsonObject("id"))) {
                last.getJsonArray("entries").addAll(member.getJsonArray("entries"));
            } else {
                members.add(member);
            }
        }
    }

    private static JsonObject action(String name) {
        return new JsonObject().put("action", name);
    }

    private JsonObject ask(JsonObject request) {
        return Waiting.result(neighbourhood.vertx.eventBus().<JsonObject>request("a.service", request))
                .body();
    }

    private ReplyException failure(JsonObject request) {
        return (ReplyException) Waiting.failure(neighbourhood.vertx.eventBus().request("a.service", request));
    }
}
