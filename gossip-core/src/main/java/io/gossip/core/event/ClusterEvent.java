/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.event;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import java.util.List;

/** One change of the cluster, as the engine reports it. */
public sealed interface ClusterEvent {
    /** {@return the member it is about} */
    NodeIdentity identity();

    /**
     * A member is listed for the first time (or again after it was removed), as dead and without keys; what it has
     * follows in later events.
     *
     * @param identity the member
     */
    record MemberJoined(NodeIdentity identity) implements ClusterEvent {}

    /**
     * A member became live, for the first time or again.
     *
     * @param identity the member
     */
    record MemberAlive(NodeIdentity identity) implements ClusterEvent {}

    /**
     * A live member fell silent, or was retired by a live successor.
     *
     * @param identity the member
     */
    record MemberDead(NodeIdentity identity) implements ClusterEvent {}

    /**
     * A member said goodbye.
     *
     * @param identity the member
     */
    record MemberLeft(NodeIdentity identity) implements ClusterEvent {}

    /**
     * A member is no longer listed, and its keys with it.
     *
     * @param identity the member
     */
    record MemberRemoved(NodeIdentity identity) implements ClusterEvent {}

    /**
     * All that one step changed in one member's state.
     *
     * @param identity the member
     * @param reset whether all its keys are to be forgotten before the changes are applied
     * @param maxVersion max version after the step, unsigned
     * @param lastGcVersion last GC version after the step, unsigned
     * @param changes in version order; empty when only the versions moved
     */
    record KeysChanged(
            NodeIdentity identity, boolean reset, long maxVersion, long lastGcVersion, List<KeyChange> changes)
            implements ClusterEvent {
        /**
         * Copies the list.
         *
         * @param identity the member
         * @param reset whether all its keys are to be forgotten before the changes are applied
         * @param maxVersion max version after the step, unsigned
         * @param lastGcVersion last GC version after the step, unsigned
         * @param changes in version order
         */
        public KeysChanged {
            changes = List.copyOf(changes);
        }
    }
}
