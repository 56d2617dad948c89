/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

/**
 * Carries the first defect of a datagram from deep inside the reader to the package's boundary, where it becomes a
 * {@link Malformed}. Without a stack trace: strangers decide how often it is thrown, so it must cost little.
 */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    private final DecodeError error;
    private final int offset;
    private final String reason;

    MalformedException(DecodeError error, int offset, String reason) {
        super(reason, null, false, false);
        this.error = error;
        this.offset = offset;
        this.reason = reason;
    }

    Malformed asValue() {
        return new Malformed(error, offset, reason);
    }
}
