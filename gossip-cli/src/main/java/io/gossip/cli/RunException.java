/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.List;

/** The command could not start or run: the message is the one line that the user sees, the exit status is 1. */
final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    RunException(String message) {
        super(message);
        lines = List.of(message);
    }

    RunException(String message, Throwable cause) {
        super(message, cause);
        lines = List.of(message);
    }

    /** Several things at once; the first is the message, for those who have one line only. */
    RunException(List<String> lines, Throwable cause) {
        super(lines.get(0) + (lines.size() == 1 ? "" : " (and " + (lines.size() - 1) + " more)"), cause);
        this.lines = List.copyOf(lines);
    }

    /** {@return all that is in the way, a line each, at least one} */
    List<String> lines() {
        return lines;
    }
}
