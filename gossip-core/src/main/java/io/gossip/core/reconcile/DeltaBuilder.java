/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Builds the delta for a peer: the most urgent members first, each member's entries in version order, until the budget is
 * spent (semantics §5). A node delta that was cut is still correct: it covers everything up to its last version.
 *
 * <p><b>Threads:</b> confined.
 *
 * <p><b>Source:</b> van Renesse et al., <i>Efficient Reconciliation and Flow Control for Anti-Entropy Protocols</i>, 2008,
 * §3 (scuttle-depth).
 */
public final class DeltaBuilder {
    private final StaleNodes staleNodes = new StaleNodes();

    /** A builder with its own scratch memory. */
    public DeltaBuilder() {}

    /**
     * Builds a delta.
     *
     * @param cluster what we know
     * @param peer what the peer knows
     * @param budget room for the delta
     * @param policy what may be told
     * @param random breaks ties
     * @return what fits
     */
    public Delta build(
            ClusterState cluster, Digest peer, ByteBudget budget, DeltaPolicy policy, RandomGenerator random) {
        List<StaleNode> stale = staleNodes.find(cluster, peer, policy, random);
        if (stale.isEmpty()) {
            return Delta.EMPTY;
        }
        List<NodeDelta> nodeDeltas = new ArrayList<>();
        for (StaleNode next : stale) {
            Filling filling = new Filling(next, budget, policy);
            next.node().readNewerThan(next.fromVersionExcluded(), filling);
            NodeDelta nodeDelta = filling.finish();
            if (nodeDelta != null) {
                nodeDeltas.add(nodeDelta);
            }
            if (filling.budgetIsSpent) {
                break;
            }
        }
        return new Delta(nodeDeltas);
    }

    /** Takes one member's entries until one does not fit. */
    private static final class Filling implements NodeState.EntryReader {
        private final StaleNode stale;
        private final NodeIdentity identity;
        private final ByteBudget budget;
        private final DeltaPolicy policy;
        private final List<KeyMutation> taken = new ArrayList<>();
        private boolean cut;
        private boolean budgetIsSpent;

        Filling(StaleNode stale, ByteBudget budget, DeltaPolicy policy) {
            this.stale = stale;
            this.identity = stale.node().identity();
            this.budget = budget;
            this.policy = policy;
        }

        @Override
        public boolean read(KeyMutation mutation, int keyBytes, int valueBytes) {
            if (policy.withholds(mutation.key())) {
                return true;
            }
            boolean fits = taken.isEmpty()
                    ? budget.addNodeWithKeyValue(identity, keyBytes, valueBytes)
                    : budget.addKeyValue(keyBytes, valueBytes);
            if (fits) {
                taken.add(mutation);
                return true;
            }
            cut = true;
            // W9: what no message of this kind could carry must not hold up the members behind it.
            budgetIsSpent = budget.fitsAlone(identity, keyBytes, valueBytes);
            return false;
        }

        /** The node delta; null if nothing of this member fits. */
        @Nullable
        NodeDelta finish() {
            NodeState node = stale.node();
            if (taken.isEmpty()) {
                if (cut || !budget.addNodeWithMaxVersion(identity)) {
                    return null;
                }
                return delta(node.maxVersion());
            }
            long reached = taken.get(taken.size() - 1).version();
            boolean withheldTheEnd = !cut && policyWithheldNewest(reached);
            return delta(withheldTheEnd && budget.addMaxVersion() ? node.maxVersion() : reached);
        }

        // Only entries that are never sent may be passed over by a max version; collected ones are left to the next
        // handshake, as the reference does.
        private boolean policyWithheldNewest(long reached) {
            return stale.node().countNewerThan(reached) > 0;
        }

        private NodeDelta delta(long maxVersion) {
            NodeState node = stale.node();
            return new NodeDelta(identity, node.lastGcVersion(), stale.fromVersionExcluded(), taken, maxVersion);
        }
    }
}
