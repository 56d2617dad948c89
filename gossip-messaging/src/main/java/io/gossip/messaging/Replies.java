/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;

/**
 * What came back when several members were asked; each of them is in exactly one of the two.
 *
 * @param received the replies
 * @param missing who did not reply in time, or could not be asked
 */
public record Replies(Map<PeerId, Buffer> received, Set<PeerId> missing) {
    /**
     * Copies both.
     *
     * @param received the replies
     * @param missing who did not reply in time, or could not be asked
     */
    public Replies {
        received = Map.copyOf(received);
        missing = Set.copyOf(missing);
    }

    /** {@return whether everybody replied} */
    public boolean isComplete() {
        return missing.isEmpty();
    }
}
