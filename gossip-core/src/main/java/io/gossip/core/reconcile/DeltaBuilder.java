/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.ClusterState;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.NodeStates;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Computes what a peer lacks, from its digest (semantics §5).
 *
 * <p>One pass over the digest and one over the numbers of all node states; only members that the peer knows less of are looked
 * at themselves, are sorted or cost an object.
 *
 * <p><b>Threads:</b> confined; keeps its working arrays between calls.
 */
public final class DeltaBuilder {
    private final PeerKnowledge knowledge = new PeerKnowledge();
    private final StaleNodes staleNodes = new StaleNodes();
    private boolean wasCut;

    /** A builder; one per node is enough. */
    public DeltaBuilder() {}

    /**
     * Builds the delta for one peer: most urgent members first, cut where the budget ends.
     *
     * @param cluster what we know
     * @param peer what the peer knows; may hold anything
     * @param budget room in the message, used up as far as the delta needs it
     * @param policy which members and keys may be sent
     * @param random decides the order among equally urgent members
     * @return the delta; empty if there is nothing to tell or no room
     */
    public Delta build(
            ClusterState cluster, Digest peer, ByteBudget budget, DeltaPolicy policy, RandomGenerator random) {
        collect(cluster.inOrder(), peer, policy, random);
        try {
            return fill(budget, policy);
        } finally {
            staleNodes.clear();
        }
    }

    /** {@return whether the last delta lacks anything because the budget did not suffice} */
    public boolean wasCut() {
        return wasCut;
    }

    private void collect(NodeStates nodes, Digest peer, DeltaPolicy policy, RandomGenerator random) {
        staleNodes.clear();
        if (PeerKnowledge.lacksNothing(nodes, peer)) {
            return;
        }
        knowledge.read(nodes, peer);
        for (int at = 0; at < nodes.size(); at++) {
            if (knowledge.lacksSomething(at, nodes)) {
                NodeState node = nodes.get(at);
                switch (policy.standingOf(node)) {
                    case NORMAL -> staleNodes.offer(node, knowledge.fromVersion(at, nodes), false, random);
                    case LAST -> staleNodes.offer(node, knowledge.fromVersion(at, nodes), true, random);
                    case EXCLUDED -> {}
                }
            }
        }
    }

    private Delta fill(ByteBudget budget, DeltaPolicy policy) {
        List<NodeDelta> filled = new ArrayList<>();
        wasCut = false;
        for (StaleNode stale : staleNodes.inOrder()) {
            NodeDeltaFilling filling = new NodeDeltaFilling(stale, budget, policy);
            NodeDelta nodeDelta = filling.fill();
            if (nodeDelta != null) {
                filled.add(nodeDelta);
            }
            wasCut |= filling.isCut();
            if (filling.isBudgetSpent()) {
                break;
            }
        }
        return filled.isEmpty() ? Delta.EMPTY : new Delta(filled);
    }
}
