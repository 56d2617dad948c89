/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one line for people. */
final class Failures {
    private static final int MAX_LINE = 2_000;

    private Failures() {}

    /** {@return why, without the type of the exception where its message says enough} */
    static String reason(Throwable failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof InvalidPathException) {
            return "not a file name in this locale";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : oneLine(message);
    }

    /** {@return one line that is told to people, without the middle of a value that fills pages} */
    static String brief(@Nullable String text) {
        String line = oneLine(text);
        return line.length() <= MAX_LINE
                ? line
                : line.substring(0, MAX_LINE / 2) + " ... " + line.substring(line.length() - MAX_LINE / 4);
    }

    /** {@return the text with every run of control characters and line ends made one space} */
    static String oneLine(@Nullable String text) {
        return String.valueOf(text)
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                .strip();
    }
}
