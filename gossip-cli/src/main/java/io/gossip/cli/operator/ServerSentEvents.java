/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.util.Optional;

/** Puts the lines of a stream of Server-Sent Events together to events. */
final class ServerSentEvents {
    private String lastId;
    private String type = "";
    private final StringBuilder data = new StringBuilder();

    /** Begins after the event with this id; empty for none. */
    ServerSentEvents(String lastId) {
        this.lastId = lastId;
    }

    /**
     * One event.
     *
     * @param type what kind
     * @param id where in the history of the node
     * @param data its text, one line of JSON
     */
    record Event(String type, String id, String data) {}

    /** Takes the next line; the event, if it ends one. */
    Optional<Event> line(String line) {
        if (line.isEmpty()) {
            return finish();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> type = value;
            case "id" -> lastId = value;
            case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
            default -> {} // comments among them
        }
        return Optional.empty();
    }

    /** The id to go on after. */
    String lastId() {
        return lastId;
    }

    private Optional<Event> finish() {
        Event event = new Event(type, lastId, data.toString());
        type = "";
        data.setLength(0);
        return event.data().isEmpty() ? Optional.empty() : Optional.of(event);
    }
}
