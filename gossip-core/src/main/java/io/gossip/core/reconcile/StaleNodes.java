/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** The candidates of one delta, most urgent first. Whoever is up to date is not kept, so costs nothing to sort. */
final class StaleNodes {
    private final List<StaleNode> candidates = new ArrayList<>();

    /**
     * Keeps a member if there is something newer to tell of it.
     *
     * @param fromVersion the peer has everything up to here, unsigned; 0 if it has to start from nothing
     * @return whether it was kept
     */
    boolean offer(NodeState node, long fromVersion, boolean isLast, RandomGenerator random) {
        if (Long.compareUnsigned(node.maxVersion(), fromVersion) <= 0) {
            return false;
        }
        candidates.add(new StaleNode(node, fromVersion, Staleness.of(node, fromVersion), isLast, random.nextLong()));
        return true;
    }

    /** Sorts and hands out the candidates; valid until {@link #clear()}. */
    List<StaleNode> inOrder() {
        Collections.sort(candidates);
        return candidates;
    }

    void clear() {
        candidates.clear();
    }
}
