/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A policy written down by node ids and keys; what is not named is sent as usual. */
final class TestPolicy implements DeltaPolicy {
    final Map<String, Standing> standings = new HashMap<>();
    final Set<String> withheld = new HashSet<>();

    @Override
    public Standing standingOf(NodeState node) {
        return standings.getOrDefault(node.identity().nodeId(), Standing.NORMAL);
    }

    @Override
    public boolean withholds(String key) {
        return withheld.contains(key);
    }
}
