/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

/** What the one who says hello is to the one who hears it. The order is the wire's. */
public enum Role {
    /** A member that sends its own messages and wants those of the one it called. */
    MEMBER,
    /** A member whose whole traffic goes through the proxy it called. */
    SUBSCRIBER,
    /** A proxy: passes on messages of others. */
    PROXY
}
