/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

/** How failures read in logs and messages. */
final class Failures {
    private Failures() {}

    /** The message without line breaks; the name of the class where there is none. */
    static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.replaceAll("\\s+", " ").strip();
    }
}
