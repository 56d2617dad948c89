/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Finds the members of which a peer knows less than we do: one pass over its digest, one over our states. What is up to
 * date costs neither an object nor a place in the sorting.
 *
 * <p><b>Threads:</b> confined; its scratch arrays are reused.
 */
final class StaleNodes {
    private final Map<NodeIdentity, Integer> slots = new HashMap<>();
    private long slotsVersion = -1;
    private long[] known = new long[0]; // per slot: the peer's last GC version, then its max version

    List<StaleNode> find(ClusterState cluster, Digest peer, DeltaPolicy policy, RandomGenerator random) {
        List<NodeState> nodes = cluster.inOrder();
        readDigest(cluster, nodes, peer);
        List<StaleNode> stale = null;
        for (int slot = 0; slot < nodes.size(); slot++) {
            NodeState node = nodes.get(slot);
            if (Long.compareUnsigned(node.maxVersion(), known[2 * slot + 1]) > 0) {
                DeltaPolicy.Standing standing = policy.standingOf(node);
                if (standing != DeltaPolicy.Standing.EXCLUDED) {
                    stale = stale == null ? new ArrayList<>() : stale;
                    stale.add(staleNode(node, slot, standing, random));
                }
            }
        }
        if (stale == null) {
            return List.of();
        }
        stale.sort(StaleNode.BY_URGENCY);
        return stale;
    }

    private void readDigest(ClusterState cluster, List<NodeState> nodes, Digest peer) {
        layOut(cluster, nodes);
        int expected = 0;
        for (int i = 0; i < peer.size(); i++) {
            int slot = slotOf(nodes, expected, peer.identity(i));
            if (slot >= 0) {
                known[2 * slot] = peer.lastGcVersion(i);
                known[2 * slot + 1] = peer.maxVersion(i);
                expected = slot + 1;
            }
        }
    }

    // Digests are sorted as our states are, so an entry is nearly always about the next state, or the one behind it.
    private int slotOf(List<NodeState> nodes, int expected, NodeIdentity identity) {
        for (int guess = expected; guess < nodes.size() && guess < expected + 2; guess++) {
            if (nodes.get(guess).identity().equals(identity)) {
                return guess;
            }
        }
        return slots.getOrDefault(identity, -1);
    }

    private void layOut(ClusterState cluster, List<NodeState> nodes) {
        if (slotsVersion != cluster.membershipVersion()) {
            slotsVersion = cluster.membershipVersion();
            slots.clear();
            for (int slot = 0; slot < nodes.size(); slot++) {
                slots.put(nodes.get(slot).identity(), slot);
            }
            known = new long[2 * nodes.size()];
        } else {
            Arrays.fill(known, 0);
        }
    }

    private StaleNode staleNode(NodeState node, int slot, DeltaPolicy.Standing standing, RandomGenerator random) {
        long from = fromVersion(node, known[2 * slot], known[2 * slot + 1]);
        int entries = from == 0 ? 0 : node.countNewerThan(from);
        return new StaleNode(node, from, entries, standing == DeltaPolicy.Standing.LAST, random.nextInt());
    }

    /** The reset rule: a peer that may have missed collected deletions starts from nothing. */
    static long fromVersion(NodeState node, long peerGc, long peerMax) {
        boolean missedCollection = Long.compareUnsigned(peerGc, node.lastGcVersion()) < 0
                && Long.compareUnsigned(peerMax, node.lastGcVersion()) < 0;
        return missedCollection ? 0 : peerMax;
    }
}
