/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The node states of all known members.
 *
 * <p><b>Threads:</b> confined.
 */
public final class ClusterState {
    private final Map<NodeIdentity, NodeState> byIdentity = new HashMap<>();
    private final TreeMap<NodeIdentity, NodeState> sorted = new TreeMap<>();
    private List<NodeState> inOrder = List.of();
    private boolean inOrderIsStale;
    private long membershipVersion;
    private long ownCollectedAtNanos;
    private boolean ownCollected;

    /** No members yet. */
    public ClusterState() {}

    /**
     * What collection dropped from one node state.
     *
     * @param node the state
     * @param changes what was dropped, of kind {@code EXPIRED}
     */
    public record Collected(NodeState node, List<KeyChange> changes) {
        /** Copies the list. */
        public Collected {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Looks a member's state up.
     *
     * @param identity the member
     * @return its state; null if unknown
     */
    public @Nullable NodeState find(NodeIdentity identity) {
        return byIdentity.get(identity);
    }

    /**
     * Makes an empty state for a member.
     *
     * @param identity the member
     * @return its state
     * @throws IllegalStateException if there is one already
     */
    public NodeState create(NodeIdentity identity) {
        NodeState node = new NodeState(identity);
        if (byIdentity.putIfAbsent(identity, node) != null) {
            throw new IllegalStateException("there is a state already for " + identity);
        }
        sorted.put(identity, node);
        membershipChanged();
        return node;
    }

    /**
     * Forgets a member's state.
     *
     * @param identity the member; nothing happens if it is unknown
     */
    public void remove(NodeIdentity identity) {
        if (byIdentity.remove(identity) != null) {
            sorted.remove(identity);
            membershipChanged();
        }
    }

    private void membershipChanged() {
        membershipVersion++;
        inOrderIsStale = true;
    }

    /** {@return all states in identity order; unmodifiable, and replaced when membership changes} */
    public List<NodeState> inOrder() {
        if (inOrderIsStale) {
            inOrder = Collections.unmodifiableList(new ArrayList<>(sorted.values()));
            inOrderIsStale = false;
        }
        return inOrder;
    }

    /** {@return a number that grows when a state is made or forgotten} */
    public long membershipVersion() {
        return membershipVersion;
    }

    /**
     * Drops what has waited for its grace period (semantics §3). Costs what is dropped and one look per member that has
     * anything waiting.
     *
     * @param nowNanos monotonic time, ns
     * @param graceNanos grace period, ns
     * @param own the own state, whose collection makes peers that are behind start anew (W26)
     * @param ownPauseNanos shortest time between two collections of the own state, ns
     * @return what was dropped, in identity order
     */
    public List<Collected> collectExpired(long nowNanos, long graceNanos, NodeState own, long ownPauseNanos) {
        List<Collected> collected = List.of();
        for (NodeState node : inOrder()) {
            if (node.hasExpiring() && (node != own || mayCollectOwn(nowNanos, ownPauseNanos))) {
                List<KeyChange> changes = node.collectExpired(nowNanos, graceNanos);
                if (!changes.isEmpty()) {
                    collected = collected.isEmpty() ? new ArrayList<>() : collected;
                    collected.add(new Collected(node, changes));
                    if (node == own) {
                        ownCollected = true;
                        ownCollectedAtNanos = nowNanos;
                    }
                }
            }
        }
        return collected;
    }

    private boolean mayCollectOwn(long nowNanos, long pauseNanos) {
        return !ownCollected || nowNanos - ownCollectedAtNanos >= pauseNanos;
    }
}
