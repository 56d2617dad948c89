/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What was asked for was not done: the message is the one line that the user sees, the exit status is 1. */
public final class OperatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether it may be over soon. */
    private final boolean passing;

    private OperatorException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** It will be the same next time. */
    static OperatorException lasting(String message) {
        return new OperatorException(message, false, null);
    }

    /** It may be over soon: there was no answer, or the node was not ready. */
    static OperatorException passing(String message, @Nullable Throwable cause) {
        return new OperatorException(message, true, cause);
    }

    /** Whether who follows the node may try again. */
    boolean isPassing() {
        return passing;
    }

    /** A file that an option names cannot be read. */
    static OperatorException unreadable(String option, Path file, IOException failure) {
        String why = failure instanceof NoSuchFileException
                ? "no such file"
                : failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getMessage());
        return lasting(option + ": cannot read " + file + ": " + why);
    }
}
