/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.EntryVisitor;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills one node delta as far as the budget goes. Entries go in version order, so a cut node delta is still correct:
 * it covers everything up to its last version.
 */
final class NodeDeltaFilling implements EntryVisitor {
    private final StaleNode stale;
    private final NodeHead head;
    private final ByteBudget budget;
    private final DeltaPolicy policy;
    private final List<KeyMutation> mutations = new ArrayList<>();
    private boolean endsWithheld;
    private boolean isBudgetSpent;
    private boolean isCut;
    private long maxVersion;

    NodeDeltaFilling(StaleNode stale, ByteBudget budget, DeltaPolicy policy) {
        this.stale = stale;
        this.head = new NodeHead(stale.node().identity(), stale.node().lastGcVersion(), stale.fromVersion());
        this.budget = budget;
        this.policy = policy;
    }

    /** {@return the node delta; null if nothing of it fits} */
    @Nullable
    NodeDelta fill() {
        NodeState node = stale.node();
        if (node.visitNewerThan(stale.fromVersion(), this) && (mutations.isEmpty() || endsWithheld)) {
            addMaxVersion(node);
        }
        return maxVersion == 0
                ? null
                : new NodeDelta(node.identity(), node.lastGcVersion(), stale.fromVersion(), mutations, maxVersion);
    }

    /** {@return whether the delta is complete: something was refused that would fit another time} */
    boolean isBudgetSpent() {
        return isBudgetSpent;
    }

    /** {@return whether anything was refused, be it for this time or for ever} */
    boolean isCut() {
        return isCut;
    }

    @Override
    public boolean visit(KeyMutation mutation, int keyBytes, int valueBytes) {
        endsWithheld = policy.withholds(mutation.key());
        // Receivers refuse a whole message in which versions do not rise (W6).
        if (endsWithheld || Long.compareUnsigned(mutation.version(), maxVersion) <= 0) {
            return true;
        }
        if (!add(mutation, keyBytes, valueBytes)) {
            isCut = true;
            // What can never fit must not block other members, and its own later keys must not overtake it (W9).
            isBudgetSpent = budget.fitsAlone(stale.node().identity(), keyBytes, valueBytes);
            return false;
        }
        mutations.add(mutation);
        maxVersion = mutation.version();
        return true;
    }

    private boolean add(KeyMutation mutation, int keyBytes, int valueBytes) {
        return mutations.isEmpty()
                ? budget.addNodeWithKeyValue(head, mutation, keyBytes, valueBytes)
                : budget.addKeyValue(mutation, keyBytes, valueBytes);
    }

    private void addMaxVersion(NodeState node) {
        boolean added = mutations.isEmpty()
                ? budget.addNodeWithMaxVersion(head, node.maxVersion())
                : budget.addMaxVersion(node.maxVersion());
        if (added) {
            maxVersion = node.maxVersion();
        } else {
            isCut = true;
            isBudgetSpent = true;
        }
    }
}
