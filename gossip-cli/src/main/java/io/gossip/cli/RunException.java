/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

/** The command could not start or run: the message is the one line that the user sees, the exit status is 1. */
final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunException(String message) {
        super(message);
    }

    RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
