/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

/** What happens to a message for a peer that has too many unconfirmed ones already. */
public enum FullQueuePolicy {
    /** The new message is refused for that peer ({@link DeliveryException.Reason#QUEUE_FULL}). */
    FAIL_FAST,
    /** The oldest message for that peer is given up ({@link DeliveryException.Reason#DROPPED}). */
    DROP_OLDEST
}
