/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.gossip.core.identity.NodeIdentity;

/**
 * One run of one member as messages name it: an identity without its gossip address. A member that was started again
 * has the same node id and another generation; what was meant for the old run is never given to the new one.
 *
 * @param nodeId name of the member
 * @param generation unsigned 64-bit number that grows at each restart
 * @param run which of the talks that this member took up one after the other, a random number that it advertises; 0 for a
 *     proxy
 */
public record PeerId(String nodeId, long generation, long run) {
    /**
     * One talk of a member.
     *
     * @param identity who
     * @param run which of its talks
     * @return its node id, generation and run
     */
    public static PeerId of(NodeIdentity identity, long run) {
        return new PeerId(identity.nodeId(), identity.generation(), run);
    }

    @Override
    public String toString() {
        return nodeId + "@" + Long.toUnsignedString(generation);
    }
}
