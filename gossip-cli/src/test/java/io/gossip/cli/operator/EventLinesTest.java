/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the bytes of a stream to the lines that are printed. */
final class EventLinesTest {
    private final EventLines lines =
            new EventLines(Clock.fixed(Instant.parse("2026-11-21T12:00:00.5Z"), ZoneOffset.UTC));

    private static ServerSentEvents.Event event(ServerSentEvents events, String... written) {
        Optional<ServerSentEvents.Event> last = Optional.empty();
        for (String line : written) {
            last = events.line(line);
        }
        return last.orElseThrow();
    }

    @Test
    void remembersWhereToGoOn() {
        ServerSentEvents events = new ServerSentEvents("");

        assertThat(events.line("retry: 1000")).isEmpty();
        assertThat(events.line("id: 7-1")).isEmpty();
        assertThat(events.line("")).isEmpty();
        assertThat(events.line(": keep alive")).isEmpty();
        assertThat(events.lastId()).isEqualTo("7-1");
        assertThat(event(events, "event: members", "id: 7-2", "data: {}", ""))
                .isEqualTo(new ServerSentEvents.Event("members", "7-2", "{}"));
        assertThat(event(events, "event: end", "data: {\"reason\":\"x\"}", "").id())
                .isEqualTo("7-2");
    }

    @Test
    void printsALineForEachChange() {
        String node = "{\"node_id\":\"o\\u001bne\",\"generation_id\":18446744073709551615,"
                + "\"gossip_advertise_addr\":\"10.0.0.1:7\"}";
        ServerSentEvents.Event keys = new ServerSentEvents.Event(
                "keys",
                "7-3",
                "{\"node\":" + node + ",\"reset\":true,\"changes\":["
                        + "{\"key\":\"a\",\"value\":\"x\\ny\",\"version\":3,\"status\":\"Set\"},"
                        + "{\"key\":\"b\",\"value\":\"\",\"version\":4,\"status\":\"Delete\"}]}");

        assertThat(lines.of(keys, false))
                .containsExactly(
                        "2026-11-21T12:00:00Z cleared o\\u001bne: all its keys, those it has now follow",
                        "2026-11-21T12:00:00Z set o\\u001bne a version 3 = x\\u000ay",
                        "2026-11-21T12:00:00Z delete o\\u001bne b version 4");
        ServerSentEvents.Event members =
                new ServerSentEvents.Event("members", "7-4", "{\"joined\":[" + node + "],\"alive\":[" + node + "]}");
        assertThat(lines.of(members, false))
                .containsExactly(
                        "2026-11-21T12:00:00Z joined o\\u001bne generation 18446744073709551615 at 10.0.0.1:7",
                        "2026-11-21T12:00:00Z alive o\\u001bne generation 18446744073709551615 at 10.0.0.1:7");
        assertThat(lines.of(members, true))
                .singleElement()
                .asString()
                .startsWith("{\"event\":\"members\",\"id\":\"7-4\",\"data\":{\"joined\":[")
                .contains("18446744073709551615");
    }

    @Test
    void whatIsNotJsonIsPrintedAllTheSame() {
        assertThat(lines.of(new ServerSentEvents.Event("new", "1", "{"), false))
                .isEqualTo(List.of("2026-11-21T12:00:00Z new {"));
        assertThat(lines.of(new ServerSentEvents.Event("new", "1", "{"), true))
                .isEqualTo(List.of("{\"event\":\"new\",\"id\":\"1\",\"data\":\"{\"}"));
    }

    @Test
    void tablesAreAlignedAndHarmless() {
        assertThat(new TextTable("A", "LONGER", "C")
                        .row("wide cell", "", "last")
                        .row("\u001b[2J", "\u202e", "")
                        .toString())
                .isEqualTo("A          LONGER  C\nwide cell          last\n\\u001b[2J  \\u202e\n");
    }

    @Test
    void addressesAreRead() {
        assertThat(NodeUrl.parse("10.0.0.1:80").base()).isEqualTo("http://10.0.0.1:80");
        assertThat(NodeUrl.parse("https://[::1]:80/gossip/")
                        .at("/x", java.util.Map.of("k", "a/.. é"))
                        .toString())
                .isEqualTo("https://[::1]:80/gossip/x?k=a%2F..+%C3%A9");
        for (String wrong : List.of("", "ftp://a", "http://", "http://a?b", "a b", "http://a#b")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> NodeUrl.parse(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + wrong + "'");
        }
    }

    @Test
    void passwordsInAddressesAreRefusedAndNotShown() {
        for (String wrong : List.of("http://u:secret@a", "u:secret@a:80", "http://u:sec/ret@1@a", "https://secret@a")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> NodeUrl.parse(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("...@a")
                    .hasMessageNotContainingAny("sec", "ret", "u:");
        }
    }
}
