/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All node states of one node, its own included, and the queue in which their tombstones wait to be collected.
 *
 * <p><b>Threads:</b> confined.
 */
public final class ClusterState {
    private final Map<NodeIdentity, NodeState> byIdentity = new HashMap<>();
    private final TreeMap<NodeIdentity, NodeState> sorted = new TreeMap<>();
    private final ExpiryQueue expiry = new ExpiryQueue();
    private final ExpiryQueue ownHeldBack = new ExpiryQueue();
    private @Nullable List<NodeState> inOrder;
    private int unreadChanges;
    private long membershipVersion;
    private boolean ownCollected;
    private long ownCollectedAtNanos;

    /** A cluster state without node states. */
    public ClusterState() {}

    /**
     * What was collected of one node state.
     *
     * @param node whose
     * @param changes all of kind {@link KeyChange.Kind#EXPIRED}, in version order
     */
    public record Collected(NodeState node, List<KeyChange> changes) {
        /**
         * Copies the list.
         *
         * @param node whose
         * @param changes all of kind {@link KeyChange.Kind#EXPIRED}, in version order
         */
        public Collected {
            changes = List.copyOf(changes);
        }
    }

    /**
     * Looks a node state up.
     *
     * @param identity whose
     * @return the state; null if there is none
     */
    public @Nullable NodeState find(NodeIdentity identity) {
        return byIdentity.get(identity);
    }

    /**
     * Creates an empty node state.
     *
     * @param identity whose
     * @return the new state
     * @throws IllegalStateException if there is one already
     */
    public NodeState create(NodeIdentity identity) {
        NodeState node = new NodeState(identity, expiry);
        if (byIdentity.putIfAbsent(identity, node) != null) {
            throw new IllegalStateException("there is a node state of " + identity + " already");
        }
        sorted.put(identity, node);
        membershipChanged(node, true);
        return node;
    }

    /**
     * Forgets a node state. Nothing happens if there is none.
     *
     * @param identity whose
     */
    public void remove(NodeIdentity identity) {
        NodeState node = byIdentity.remove(identity);
        if (node != null) {
            sorted.remove(identity);
            node.leaveCluster();
            membershipChanged(node, false);
        }
    }

    // Few changes between two readings, as a trickle of strangers makes them, are cheaper to copy over than to collect
    // anew.
    private void membershipChanged(NodeState node, boolean added) {
        membershipVersion++;
        inOrder = inOrder != null && ++unreadChanges <= 4 ? changed(inOrder, node, added) : null;
    }

    private static List<NodeState> changed(List<NodeState> before, NodeState node, boolean added) {
        int at = position(before, node.identity());
        NodeState[] old = before.toArray(NodeState[]::new);
        NodeState[] after = new NodeState[old.length + (added ? 1 : -1)];
        System.arraycopy(old, 0, after, 0, at);
        if (added) {
            after[at] = node;
            System.arraycopy(old, at, after, at + 1, old.length - at);
        } else {
            System.arraycopy(old, at + 1, after, at, after.length - at);
        }
        return Collections.unmodifiableList(Arrays.asList(after));
    }

    /** Where an identity is, or would be. */
    private static int position(List<NodeState> nodes, NodeIdentity identity) {
        int low = 0;
        int high = nodes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nodes.get(middle).identity().compareTo(identity) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** {@return all node states in identity order; the same unmodifiable list until one is created or removed} */
    public List<NodeState> inOrder() {
        if (inOrder == null) {
            inOrder = List.copyOf(sorted.values());
        }
        unreadChanges = 0;
        return inOrder;
    }

    /** {@return a number that grows whenever a node state is created or removed} */
    public long membershipVersion() {
        return membershipVersion;
    }

    /**
     * Drops all tombstones and limited values whose grace period is over (semantics §3). The cost is that of what is
     * dropped.
     *
     * <p>Each collection of the own state raises its last GC version and may make a transfer to a slow peer start again,
     * so the own state is collected at most once per interval (W26).
     *
     * @param nowNanos monotonic time, ns
     * @param graceNanos grace period, ns
     * @param own the own state
     * @param ownIntervalNanos shortest time between two collections of the own state, ns
     * @return what was dropped, one item for each state that lost something
     */
    public List<Collected> collectExpired(long nowNanos, long graceNanos, NodeState own, long ownIntervalNanos) {
        boolean ownsTurn = !ownCollected || nowNanos - ownCollectedAtNanos >= ownIntervalNanos;
        Map<NodeState, List<KeyChange>> dropped = new LinkedHashMap<>();
        if (ownsTurn) {
            drain(ownHeldBack, graceNanos, nowNanos, dropped, null);
        }
        drain(expiry, graceNanos, nowNanos, dropped, ownsTurn ? null : own);
        if (dropped.containsKey(own)) {
            ownCollected = true;
            ownCollectedAtNanos = nowNanos;
        }
        return inVersionOrder(dropped);
    }

    private void drain(
            ExpiryQueue queue,
            long graceNanos,
            long nowNanos,
            Map<NodeState, List<KeyChange>> dropped,
            @Nullable NodeState heldBack) {
        ExpiryQueue.Ticket ticket = queue.first();
        while (ticket != null && ticket.isDue(graceNanos, nowNanos)) {
            ticket.leave();
            if (ticket.owner.equals(heldBack)) {
                ownHeldBack.add(ticket); // out of the way, so that it is not met again each round
            } else {
                dropped.computeIfAbsent(ticket.owner, node -> new ArrayList<>())
                        .add(ticket.owner.collect(ticket.entry));
            }
            ticket = queue.first();
        }
    }

    private static List<Collected> inVersionOrder(Map<NodeState, List<KeyChange>> dropped) {
        if (dropped.isEmpty()) {
            return List.of();
        }
        List<Collected> collected = new ArrayList<>(dropped.size());
        dropped.forEach((node, changes) -> {
            changes.sort((a, b) -> Long.compareUnsigned(a.version(), b.version()));
            collected.add(new Collected(node, changes));
        });
        return collected;
    }
}
