/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

/** What the one who says hello is to the one who hears it. */
public enum Role {
    /** A member that sends its own messages and wants those of the one it called. */
    MEMBER(0),
    /** A member whose whole traffic goes through the proxy it called. */
    SUBSCRIBER(1),
    /** A proxy: passes on messages of others. */
    PROXY(2);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /** {@return its number on the wire} */
    int code() {
        return code;
    }
}
