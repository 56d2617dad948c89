/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;

/**
 * An unmodifiable list of node states of one cluster state that also tells, by position, what is asked of all of them for
 * every message: who it is and how far it has come. That is read from columns, without a look at the node states
 * themselves, which lie scattered in memory.
 *
 * <p>The numbers are those of now, for as long as the node state belongs to its cluster state. Once one of the list was
 * removed, its numbers here mean nothing; its own are still right.
 *
 * <p><b>Threads:</b> confined, like the node states.
 */
public final class NodeStates extends AbstractList<NodeState> implements RandomAccess {
    private final NodeState[] nodes;
    private final NodeIdentity[] identities;
    private final int[] rows;
    private final NodeNumbers numbers;

    @SuppressWarnings("ReferenceEquality") // one cluster state has one table
    private NodeStates(NodeState[] nodes, NodeNumbers numbers) {
        this.nodes = nodes;
        this.numbers = numbers;
        this.identities = new NodeIdentity[nodes.length];
        this.rows = new int[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i].numbers() != numbers) {
                throw new IllegalArgumentException("node states of one cluster state belong in a list; "
                        + nodes[i].identity() + " is not where " + nodes[0].identity() + " is");
            }
            identities[i] = nodes[i].identity();
            rows[i] = nodes[i].row();
        }
    }

    /**
     * Copies a list.
     *
     * @param nodes node states that belong to one cluster state, in any order
     * @return a list of the same in the same order
     * @throws IllegalArgumentException if they do not all belong to the same
     */
    public static NodeStates copyOf(List<NodeState> nodes) {
        NodeNumbers numbers = nodes.isEmpty() ? new NodeNumbers() : nodes.get(0).numbers();
        return new NodeStates(nodes.toArray(new NodeState[0]), numbers);
    }

    @Override
    public NodeState get(int position) {
        return nodes[position];
    }

    @Override
    public int size() {
        return nodes.length;
    }

    /** {@return whose states these are, in the same order; unmodifiable} */
    public List<NodeIdentity> identities() {
        return Collections.unmodifiableList(Arrays.asList(identities));
    }

    /**
     * Reads one position.
     *
     * @param position from 0
     * @return whose state it is
     */
    public NodeIdentity identity(int position) {
        return identities[position];
    }

    /**
     * Reads one position.
     *
     * @param position from 0
     * @return {@link NodeState#heartbeat()} of it
     */
    public long heartbeat(int position) {
        return numbers.heartbeat(rows[position]);
    }

    /**
     * Reads one position.
     *
     * @param position from 0
     * @return {@link NodeState#lastGcVersion()} of it
     */
    public long lastGcVersion(int position) {
        return numbers.lastGcVersion(rows[position]);
    }

    /**
     * Reads one position.
     *
     * @param position from 0
     * @return {@link NodeState#maxVersion()} of it
     */
    public long maxVersion(int position) {
        return numbers.maxVersion(rows[position]);
    }
}
