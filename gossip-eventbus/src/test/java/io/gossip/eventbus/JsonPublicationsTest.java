/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonPublicationsTest {
    private final Neighbourhood neighbourhood = new Neighbourhood();

    @AfterEach
    void close() {
        neighbourhood.close();
    }

    @Test
    void tellTheSameAsTheRecordsInTheSameOrder() throws Exception {
        List<ClusterPublication> records = new CopyOnWriteArrayList<>();
        List<ClusterPublication> read = new CopyOnWriteArrayList<>();
        var bus = neighbourhood.vertx.eventBus();
        bus.<ClusterPublication>localConsumer("a.members", message -> records.add(message.body()));
        bus.<ClusterPublication>localConsumer("a.keys", message -> records.add(message.body()));
        bus.<JsonObject>localConsumer(
                "a.members.json", message -> read.add(MembersPublication.fromJson(reread(message.body()))));
        bus.<JsonObject>localConsumer(
                "a.keys.json", message -> read.add(KeysPublication.fromJson(reread(message.body()))));

        neighbourhood.deploy(Neighbourhood.options("a", 7_001).setJsonPublications(true));
        String other = neighbourhood.deploy(Neighbourhood.options("b", 7_002));
        for (int i = 0; i < 200; i++) {
            Waiting.result(neighbourhood.service(i % 2 == 0 ? "a" : "b").set("k" + i % 7, "v" + i));
        }
        Waiting.result(neighbourhood.vertx.undeploy(other));
        Waiting.result(neighbourhood.service("a").set("last", ""));
        long last = Waiting.result(neighbourhood.service("a").snapshot()).sequence();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
        while (!haveCome(read, last) || !haveCome(records, last)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        List<ClusterPublication> upToLast = new ArrayList<>(records);
        upToLast.removeIf(publication -> publication.sequence() > last);
        List<ClusterPublication> readUpToLast = new ArrayList<>(read);
        readUpToLast.removeIf(publication -> publication.sequence() > last);
        assertThat(upToLast).hasSizeGreaterThan(100);
        // Two consumers, two event loops: only each by itself is in order.
        assertThat(ofType(readUpToLast, KeysPublication.class)).isEqualTo(ofType(upToLast, KeysPublication.class));
        assertThat(ofType(readUpToLast, MembersPublication.class))
                .isEqualTo(ofType(upToLast, MembersPublication.class));
    }

    @Test
    void areOffUnlessAskedFor() {
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        neighbourhood.vertx.eventBus().localConsumer("a.keys.json", heard::add);
        neighbourhood.deploy(Neighbourhood.options("a", 7_001));
        ClusterView view = neighbourhood.view("a");
        Waiting.result(neighbourhood.service("a").set("k", "v"));
        Waiting.until(view, picture -> picture.members().get(0).value("k").isPresent());
        assertThat(heard).isEmpty();
    }

    // All of them: the one with the last number may come before others, on another event loop.
    private static boolean haveCome(List<ClusterPublication> publications, long last) {
        return publications.stream()
                        .filter(publication -> publication.sequence() <= last)
                        .count()
                == last;
    }

    private static JsonObject reread(JsonObject json) {
        return new JsonObject(json.encode());
    }

    private static <T> List<T> ofType(List<ClusterPublication> all, Class<T> type) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
