/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.gossip.core.identity.NodeIdentity;

/**
 * One run of one member as messages name it: an identity without its gossip address. A member that was started again
 * has the same node id and another generation; what was meant for the old run is never given to the new one.
 *
 * @param nodeId name of the member
 * @param generation unsigned 64-bit number that grows at each restart
 */
public record PeerId(String nodeId, long generation) {
    /**
     * The peer of an identity.
     *
     * @param identity who
     * @return its node id and generation
     */
    public static PeerId of(NodeIdentity identity) {
        return new PeerId(identity.nodeId(), identity.generation());
    }

    @Override
    public String toString() {
        return nodeId + "@" + Long.toUnsignedString(generation);
    }
}
