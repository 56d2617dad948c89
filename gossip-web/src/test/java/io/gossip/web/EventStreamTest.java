/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.entry;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final WebFixture web = new WebFixture();

    @BeforeEach
    void prepare() {
        web.node.with(member(SELF, MemberState.LIVE, 1, entry("a", "1", 1)));
    }

    @AfterEach
    void close() {
        web.close();
    }

    private EventReader open() {
        return open(Map.of());
    }

    private EventReader open(Map<String, String> headers) {
        return EventReader.open(web.vertx, web.port(), "/api/v1/events", headers);
    }

    private static List<String> ids(EventReader reader) {
        return reader.events().stream().map(EventReader.Event::id).toList();
    }

    @Test
    void tellsWhatChangesInTheShapeOfThePublications() {
        web.start();
        EventReader reader = open();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(reader.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(reader.header("Cache-Control")).isEqualTo("no-store");
        WebFixture.await("it is told where it is", () -> reader.text().equals("retry: 1000\nid: 7-0\n\n"));

        web.node.publish("a", "line\nline\u2028é", 2);

        WebFixture.await("the event arrives", () -> reader.events().size() == 1);
        EventReader.Event event = reader.events().get(0);
        assertThat(event.name()).isEqualTo("keys");
        assertThat(event.id()).isEqualTo("7-1");
        assertThat(event.data().encode())
                .isEqualTo("{\"sequence\":1,\"cluster_id\":\"c\",\"node\":{\"node_id\":\"self\",\"generation_id\":7,"
                        + "\"gossip_advertise_addr\":\"127.0.0.1:10000\"},\"reset\":false,\"max_version\":2,"
                        + "\"last_gc_version\":0,\"changes\":[{\"key\":\"a\",\"value\":\"line\\nline\u2028é\","
                        + "\"version\":2,\"status\":\"Set\"}]}");
        assertThat(web.contract()
                        .fits("/components/schemas/KeysEvent", event.data().encode()))
                .isTrue();
    }

    @Test
    void resumesBehindTheLastEventOrSaysThatItCannot() {
        web.start();
        for (int i = 1; i <= 5; i++) {
            web.node.publish("a", "v" + i, i + 1);
        }
        WebFixture.await("all is seen", () -> web.get("/").getHeader("ETag").contains("-5-"));

        EventReader resumed = open(Map.of("Last-Event-ID", "7-3"));
        WebFixture.await("the rest arrives", () -> ids(resumed).equals(List.of("7-4", "7-5")));
        EventReader byParameter = EventReader.open(web.vertx, web.port(), "/api/v1/events?last_event_id=7-4", Map.of());
        WebFixture.await("the rest arrives", () -> ids(byParameter).equals(List.of("7-5")));
        for (String unknown : List.of("7-6", "8-3", "x", "7-", "7-18446744073709551615")) {
            EventReader reset = open(Map.of("Last-Event-ID", unknown));
            WebFixture.await("the reset arrives", () -> reset.events().size() == 1);
            assertThat(reset.events().get(0).name()).isEqualTo("reset");
            assertThat(reset.events().get(0).id()).isEqualTo("7-5");
            assertThat(web.contract()
                            .fits(
                                    "/components/schemas/ResetEvent",
                                    reset.events().get(0).data().encode()))
                    .isTrue();
        }
        EventReader upToDate = open(Map.of("Last-Event-ID", "7-5"));
        web.node.publish("a", "v6", 7);
        WebFixture.await("only the new one arrives", () -> ids(upToDate).equals(List.of("7-6")));
    }

    @Test
    void aSlowReaderIsCutWithAClearLastEventAndCostsNobodyElse() {
        web.options.setEventLogBytes(1024 * 1024);
        web.start();
        EventReader slow = open();
        EventReader fast = open();
        WebFixture.await("both are there", () -> web.api().openStreams() == 2);
        slow.pause();
        String value = "v".repeat(60_000);
        int published = 0;
        // Until what lies in the buffers of the connection and in the log is less than what was published.
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 5; i++) {
                web.node.publish("a", value + published, ++published + 1);
            }
            int all = published * value.length();
            WebFixture.await("the fast one has all", () -> fast.length() > all);
        }

        slow.resume();

        WebFixture.await("the slow one is cut", slow::ended);
        List<EventReader.Event> events = slow.events();
        EventReader.Event last = events.get(events.size() - 1);
        assertThat(last.name()).isEqualTo("end");
        assertThat(last.id()).isEmpty();
        assertThat(last.data().getString("reason")).contains("too slow");
        assertThat(events.size()).isLessThan(published);
        assertThat(events.get(events.size() - 2).id()).isEqualTo("7-" + (events.size() - 1)); // none is left out
        assertThat(fast.ended()).isFalse();
        WebFixture.await("it is forgotten", () -> web.api().openStreams() == 1);
    }

    @Test
    void thereAreNeverMoreThanTheLimit() {
        web.options.setMaxEventStreams(1);
        web.start();
        EventReader first = open();

        assertThat(web.get("/api/v1/events").statusCode()).isEqualTo(503);

        first.close();
        WebFixture.await("the place is free", () -> web.api().openStreams() == 0);
        assertThat(open().status()).isEqualTo(200);
        assertThat(web.api().openStreams()).isEqualTo(1);
    }

    @Test
    void headHoldsNoStream() {
        web.start();

        assertThat(web.send(HttpMethod.HEAD, "/api/v1/events").statusCode()).isEqualTo(200);
        assertThat(web.api().openStreams()).isZero();
    }

    @Test
    void endsWithAReasonWhenTheNodeIsGone() {
        web.options.setGossipIntervalMillis(1);
        web.start();
        EventReader reader = open();

        WebFixture.await(web.node.stopServing());

        WebFixture.await("the stream ends", reader::ended);
        assertThat(reader.events().get(0).name()).isEqualTo("end");
        assertThat(reader.events().get(0).data().getString("reason")).isEqualTo("the node is not running");
        assertThat(web.get("/api/v1/events").statusCode()).isEqualTo(503);
    }

    @Test
    void endsWithAReasonWhenTheVerticleStops() {
        web.start();
        EventReader reader = open();

        WebFixture.await(web.vertx.undeploy(web.vertx.deploymentIDs().iterator().next()));

        WebFixture.await("the stream ends", reader::ended);
        assertThat(reader.events().get(0).data().getString("reason")).isEqualTo("the web interface is stopping");
    }

    @Test
    void startsOverWhenEventsWereMissed() {
        web.start();
        EventReader reader = open();
        WebFixture.await("it is told where it is", () -> reader.text().contains("id: 7-0"));

        web.node.skip();
        web.node.publish("a", "2", 2);

        WebFixture.await("the reset arrives", () -> reader.events().size() == 1);
        assertThat(reader.events().get(0).name()).isEqualTo("reset");
        assertThat(reader.events().get(0).id()).isEqualTo("7-2");
        web.node.publish("a", "3", 3);
        WebFixture.await("the next one arrives", () -> ids(reader).equals(List.of("7-2", "7-3")));
    }
}
