/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

import org.jspecify.annotations.Nullable;

/** A change is in effect and spreads, but it could not be stored: a restart might undo it. */
public final class NotStoredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A change that is not durable.
     *
     * @param message one line that says why
     * @param cause what the store reported; null if it did not answer
     */
    public NotStoredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
