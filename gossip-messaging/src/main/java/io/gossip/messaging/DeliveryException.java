/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

/** A message, or its reply, did not get through. */
public final class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a message was given up. */
    public enum Reason {
        /** No live member of that name takes messages. Nothing was sent. */
        NO_SUCH_PEER,
        /** Too many messages to that peer are unconfirmed. Nothing was sent; try again later. */
        QUEUE_FULL,
        /** A newer message took its place in a full queue. It may have arrived. */
        DROPPED,
        /** The payload is larger than the limit. Nothing was sent. */
        TOO_LARGE,
        /** The peer left, died for good or was started anew before it confirmed. It may have arrived. */
        PEER_GONE,
        /** No reply came in time. The request may have arrived. */
        NO_REPLY,
        /** The node was closed before the peer confirmed. It may have arrived. */
        CLOSED
    }

    /** Why it did not. */
    private final Reason reason;

    DeliveryException(Reason reason, String message) {
        super(message, null, false, false); // an outcome, not a fault in the program: the stack would tell nothing
        this.reason = reason;
    }

    /** {@return why} */
    public Reason reason() {
        return reason;
    }
}
