/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;

/**
 * How urgently a peer needs to hear of a member (semantics §5, priority). The natural order is that of the delta:
 * most urgent first.
 *
 * @param isUnknown whether it is sent from version 0: the peer does not know it, or must reset it
 * @param maxVersion our max version, unsigned; ranks the unknown
 * @param missing number of entries that the peer lacks; ranks the others, and is not counted (0) for the unknown
 */
record Staleness(boolean isUnknown, long maxVersion, int missing) implements Comparable<Staleness> {
    static Staleness of(NodeState node, long fromVersion) {
        // Counting walks over what is missing: no need to, for a state that may be large and is ranked otherwise.
        return fromVersion == 0
                ? new Staleness(true, node.maxVersion(), 0)
                : new Staleness(false, node.maxVersion(), node.countNewerThan(fromVersion));
    }

    @Override
    public int compareTo(Staleness other) {
        if (isUnknown != other.isUnknown) {
            return isUnknown ? -1 : 1;
        }
        return isUnknown
                ? Long.compareUnsigned(maxVersion, other.maxVersion) // small states spread fastest
                : Integer.compare(other.missing, missing);
    }
}
