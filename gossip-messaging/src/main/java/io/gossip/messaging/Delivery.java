/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import java.util.Map;
import java.util.Set;

/**
 * What became of a broadcast: of everybody it was meant for, each is in exactly one of the two.
 *
 * @param confirmed who acknowledged it
 * @param failed who did not, and why; nobody is waited for any longer
 */
public record Delivery(Set<PeerId> confirmed, Map<PeerId, DeliveryException> failed) {
    /**
     * Copies both.
     *
     * @param confirmed who acknowledged it
     * @param failed who did not, and why; nobody is waited for any longer
     */
    public Delivery {
        confirmed = Set.copyOf(confirmed);
        failed = Map.copyOf(failed);
    }

    /** {@return whether everybody acknowledged it} */
    public boolean isComplete() {
        return failed.isEmpty();
    }
}
