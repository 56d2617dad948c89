/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeDelta;
import java.util.List;

/**
 * What the other side lacks, one node delta per member, in the sender's order of urgency.
 *
 * @param nodeDeltas no identity occurs twice
 */
public record Delta(List<NodeDelta> nodeDeltas) {
    /** A delta that brings nothing. */
    public static final Delta EMPTY = new Delta(List.of());

    /**
     * Copies the list.
     *
     * @param nodeDeltas no identity occurs twice
     */
    public Delta {
        nodeDeltas = List.copyOf(nodeDeltas);
    }

    /** {@return whether it brings nothing} */
    public boolean isEmpty() {
        return nodeDeltas.isEmpty();
    }
}
