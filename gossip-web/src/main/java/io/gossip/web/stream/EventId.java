/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import java.util.Optional;

/**
 * Names an event: {@code 1700000000000-42}.
 *
 * @param generation of the node that published it, unsigned
 * @param sequence of the publication, unsigned
 */
record EventId(long generation, long sequence) {
    /** What names no event of any node. */
    static final EventId UNKNOWN = new EventId(0, -1);

    /**
     * Reads an id.
     *
     * @param text as the client sent it; empty if it sent none
     * @return the id, {@link #UNKNOWN} if the text is not one
     */
    static Optional<EventId> parse(Optional<String> text) {
        return text.map(String::trim).filter(given -> !given.isEmpty()).map(EventId::parse);
    }

    private static EventId parse(String text) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? UNKNOWN
                    : new EventId(
                            Long.parseUnsignedLong(text.substring(0, dash)),
                            Long.parseUnsignedLong(text.substring(dash + 1)));
        } catch (NumberFormatException notAnId) {
            return UNKNOWN;
        }
    }
}
