/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

/**
 * Hears how many messages enter and leave the channels of a node. What was reported of a channel, summed up, is how many
 * messages are in it.
 *
 * <p><b>Threads:</b> called on the event loop of the node; must neither block nor throw.
 */
@FunctionalInterface
public interface ChannelMetrics {
    /** Own messages to one member, from the send until it is confirmed or given up; requests and replies too. */
    String DIRECT = "direct";

    /** Own messages to all, each counted once, from the send until nobody is waited for any longer. */
    String BROADCAST = "broadcast";

    /** Messages that wait for the reader. */
    String INCOMING = "incoming";

    /** Hears nothing. */
    ChannelMetrics NONE = (channel, delta) -> {};

    /**
     * Messages entered or left a channel.
     *
     * @param channel {@link #DIRECT}, {@link #BROADCAST} or {@link #INCOMING}
     * @param delta how many more are in it now; negative if some left, never 0
     */
    void report(String channel, long delta);
}
