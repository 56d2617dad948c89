/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

/** A write that this node must not accept. The message names key, value found and bound. */
public final class RefusedWriteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why a write is refused. */
    public enum Reason {
        /** Key or value holds an unpaired surrogate and has no UTF-8 form. */
        NOT_TEXT,
        /** Key and value together exceed the configured maximum, and might never fit a datagram. */
        TOO_LARGE,
        /** The key would stop Rust peers (W7); profile {@code jvm} lifts this. */
        HARMS_PEERS,
        /** The key starts with {@code gossip:}, which belongs to the product. */
        RESERVED
    }

    /** Why it was refused. */
    private final Reason reason;

    RefusedWriteException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** {@return why the write was refused} */
    public Reason reason() {
        return reason;
    }
}
