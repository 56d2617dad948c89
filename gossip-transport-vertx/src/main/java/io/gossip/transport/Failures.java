/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.util.regex.Pattern;

/** How failures and the words of strangers read in logs and messages. */
final class Failures {
    /** Line breaks would forge log lines, escape sequences and text direction marks what a terminal shows of them. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private static final int MAX_LENGTH = 500;

    private Failures() {}

    /** The message without line breaks; the name of the class where there is none. */
    static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : oneLine(message);
    }

    /** The text as one printable line of moderate length. */
    static String oneLine(String text) {
        String start = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + " ..." : text;
        return UNPRINTABLE.matcher(start).replaceAll(" ").strip();
    }
}
