/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one line for people. */
final class Failures {
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

    /** {@return the text with every run of control characters and line ends made one space} */
    static String oneLine(@Nullable String text) {
        return String.valueOf(text)
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                .strip();
    }
}
