/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

/** A connection carried bytes that are no frame. The connection cannot be read any further. */
public final class FrameException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    private final String reason;

    FrameException(String reason) {
        super(reason, null, false, false); // one per hostile connection: a stack trace would only cost
        this.reason = reason;
    }

    /** {@return what is wrong with the bytes, one line} */
    public String reason() {
        return reason;
    }
}
