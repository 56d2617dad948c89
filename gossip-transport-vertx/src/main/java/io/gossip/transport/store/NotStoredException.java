/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

/** A change is in effect and spreads, but it could not be stored: a restart might undo it. */
public final class NotStoredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A change that is not durable.
     *
     * @param message one line that says why
     * @param cause what the store reported
     */
    public NotStoredException(String message, Throwable cause) {
        super(message, cause);
    }
}
