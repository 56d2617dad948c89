/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import org.jspecify.annotations.Nullable;

/** The type byte of a message; it decides what stands behind the header (wire format §5). */
public enum MessageType {
    /** Opens a handshake: digest and cluster id. */
    SYN(0),
    /** Answers a SYN: digest and delta. */
    SYN_ACK(1),
    /** Ends a handshake: delta. */
    ACK(2),
    /** Answers a SYN of another cluster: nothing. */
    BAD_CLUSTER(3);

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** {@return the type byte of the header, 0 to 3} */
    public int code() {
        return code;
    }

    static @Nullable MessageType ofCode(int code) {
        return switch (code) {
            case 0 -> SYN;
            case 1 -> SYN_ACK;
            case 2 -> ACK;
            case 3 -> BAD_CLUSTER;
            default -> null;
        };
    }
}
