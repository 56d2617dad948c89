/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All node states of one node, its own included, and the queue in which their tombstones wait to be collected.
 *
 * <p><b>Threads:</b> confined.
 */
public final class ClusterState {
    private static final int DEFAULT_PLACES = 512;

    private final Surroundings surroundings;
    private final List<NodeState> sorted = new ArrayList<>();
    private final BitSet slots = new BitSet();
    private final ExpiryQueue ownHeldBack = new ExpiryQueue();
    private @Nullable NodeStates inOrder;
    private long membershipVersion;
    private boolean ownCollected;
    private long ownCollectedAtNanos;

    /** A cluster state without node states. */
    public ClusterState() {
        this(new SharedInstances(DEFAULT_PLACES));
    }

    /**
     * A cluster state without node states.
     *
     * @param shared where to look for instances that others keep already
     */
    public ClusterState(SharedInstances shared) {
        this.surroundings = Surroundings.with(shared);
    }

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
        int at = position(identity);
        return isAt(at, identity) ? sorted.get(at) : null;
    }

    /**
     * The neighbour of an identity before it in the order.
     *
     * @param identity any
     * @return the state of the greatest identity below; null if there is none
     */
    public @Nullable NodeState before(NodeIdentity identity) {
        int at = position(identity);
        return at == 0 ? null : sorted.get(at - 1);
    }

    /**
     * The neighbour of an identity behind it in the order.
     *
     * @param identity any
     * @return the state of the least identity above; null if there is none
     */
    public @Nullable NodeState after(NodeIdentity identity) {
        int at = position(identity);
        int next = isAt(at, identity) ? at + 1 : at;
        return next == sorted.size() ? null : sorted.get(next);
    }

    /**
     * Creates an empty node state.
     *
     * @param identity whose
     * @return the new state
     * @throws IllegalStateException if there is one already
     */
    public NodeState create(NodeIdentity identity) {
        int at = position(identity);
        if (isAt(at, identity)) {
            throw new IllegalStateException("there is a node state of " + identity + " already");
        }
        NodeIdentity shared = surroundings.instances().identity(identity);
        NodeState node = new NodeState(shared, slots.nextClearBit(0), surroundings);
        slots.set(node.slot());
        sorted.add(at, node);
        membershipChanged();
        return node;
    }

    /**
     * Forgets a node state. Nothing happens if there is none.
     *
     * @param identity whose
     */
    public void remove(NodeIdentity identity) {
        int at = position(identity);
        if (isAt(at, identity)) {
            NodeState gone = sorted.remove(at);
            slots.clear(gone.slot());
            gone.leave(surroundings);
            membershipChanged();
        }
    }

    private void membershipChanged() {
        membershipVersion++;
        inOrder = null;
    }

    private boolean isAt(int at, NodeIdentity identity) {
        return at < sorted.size() && sorted.get(at).identity().equals(identity);
    }

    /** Where an identity is, or would be. */
    private int position(NodeIdentity identity) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).identity().compareTo(identity) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Stores a heartbeat as {@link NodeState#heartbeat(long)} does, without a look at the node state.
     *
     * @param slot the slot of a node state that belongs to this cluster state
     * @param value unsigned
     */
    public void heartbeat(int slot, long value) {
        assert slots.get(slot) : "nobody has slot " + slot;
        surroundings.numbers().heartbeat(slot, value);
    }

    /** {@return all node states in identity order; the same unmodifiable list until one is created or removed} */
    public NodeStates inOrder() {
        if (inOrder == null) {
            inOrder = NodeStates.copyOf(sorted);
        }
        return inOrder;
    }

    /** {@return the number of entries of all node states, tombstones included} */
    public long entryCount() {
        return surroundings.size().entries();
    }

    /** {@return UTF-8 bytes of all keys and values that the node states hold, tombstones included} */
    public long stateBytes() {
        return surroundings.size().bytes();
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
        drain(surroundings.expiry(), graceNanos, nowNanos, dropped, ownsTurn ? null : own);
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
