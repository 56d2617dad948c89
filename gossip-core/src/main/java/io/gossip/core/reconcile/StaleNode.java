/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;
import java.util.Comparator;

/**
 * A member of which a peer knows less than we do.
 *
 * @param node our state of it
 * @param fromVersionExcluded the peer has everything up to here; 0 if it knows nothing or must start anew
 * @param staleEntries how many entries it lacks; 0 while {@code fromVersionExcluded} is 0, where nobody asks
 * @param last whether it comes behind all others
 * @param tieBreak random rank among equals
 */
record StaleNode(NodeState node, long fromVersionExcluded, int staleEntries, boolean last, int tieBreak) {
    /** Semantics §5: unknown ones first, the lowest max version of those first; then the most stale; ties at random. */
    static final Comparator<StaleNode> BY_URGENCY = Comparator.comparing(StaleNode::last)
            .thenComparing(stale -> !stale.isUnknown())
            .thenComparing((a, b) -> a.isUnknown()
                    ? Long.compareUnsigned(a.node.maxVersion(), b.node.maxVersion())
                    : Integer.compare(b.staleEntries, a.staleEntries))
            .thenComparingInt(StaleNode::tieBreak);

    boolean isUnknown() {
        return fromVersionExcluded == 0;
    }
}
