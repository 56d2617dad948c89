/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.List;

/**
 * A member the peer knows less of than we do.
 *
 * @param node our state of it
 * @param fromVersion the peer has everything up to here, unsigned
 * @param staleness how urgent it is
 * @param isLast whether it goes behind all others
 * @param lot drawn at random, decides between equals
 */
record StaleNode(NodeState node, long fromVersion, Staleness staleness, boolean isLast, long lot)
        implements Comparable<StaleNode> {
    List<KeyMutation> staleKeyValues() {
        List<KeyMutation> stale = new ArrayList<>();
        node.visitNewerThan(fromVersion, (mutation, keyBytes, valueBytes) -> stale.add(mutation));
        return stale;
    }

    @Override
    public int compareTo(StaleNode other) {
        if (isLast != other.isLast) {
            return isLast ? 1 : -1;
        }
        int byStaleness = staleness.compareTo(other.staleness);
        return byStaleness != 0 ? byStaleness : Long.compare(lot, other.lot);
    }
}
