/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events as lines: for people one for each change, for programs one object for each event. */
final class EventLines {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> MEMBER_CHANGES = List.of("joined", "alive", "dead", "left", "removed");

    private final Clock clock;

    /** {@code clock} tells when a line is printed. */
    EventLines(Clock clock) {
        this.clock = clock;
    }

    List<String> of(ServerSentEvents.Event event, boolean asJson) {
        JsonNode data = parsed(event.data());
        if (asJson) {
            ObjectNode line = JSON.createObjectNode();
            line.put("event", event.type()).put("id", event.id()).set("data", data);
            return List.of(line.toString());
        }
        String time = clock.instant().truncatedTo(ChronoUnit.SECONDS) + " ";
        return forPeople(event, data).stream().map(line -> time + line).toList();
    }

    private static List<String> forPeople(ServerSentEvents.Event event, JsonNode data) {
        return switch (event.type()) {
            case "members" -> members(data);
            case "keys" -> keys(data);
            case "reset" ->
                List.of("reset: some events may be missing, read the state anew ("
                        + TextTable.visible(data.path("reason").asText()) + ")");
            case "end" ->
                List.of("end: " + TextTable.visible(data.path("reason").asText()));
            default -> List.of(TextTable.visible(event.type() + " " + event.data()));
        };
    }

    private static List<String> members(JsonNode data) {
        List<String> lines = new ArrayList<>();
        for (String change : MEMBER_CHANGES) {
            for (JsonNode id : data.path(change)) {
                lines.add(change + " " + TextTable.visible(id.path("node_id").asText()) + " generation "
                        + id.path("generation_id").asText() + " at "
                        + id.path("gossip_advertise_addr").asText());
            }
        }
        return lines;
    }

    private static List<String> keys(JsonNode data) {
        String node = TextTable.visible(data.path("node").path("node_id").asText());
        List<String> lines = new ArrayList<>();
        if (data.path("reset").asBoolean()) {
            lines.add("cleared " + node + ": all its keys, those it has now follow");
        }
        for (JsonNode change : data.path("changes")) {
            String status = change.path("status").asText().toLowerCase(Locale.ROOT);
            String line = status + " " + node + " " + change.path("key").asText() + " version "
                    + change.path("version").asText();
            boolean hasValue = status.equals("set") || status.equals("deleteafterttl");
            lines.add(TextTable.visible(
                    line + (hasValue ? " = " + change.path("value").asText() : "")));
        }
        return lines;
    }

    private static JsonNode parsed(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException notJson) {
            return JSON.getNodeFactory().textNode(data);
        }
    }
}
