/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.List;

/**
 * Immutable copy of one node state.
 *
 * @param identity whose state
 * @param heartbeat the heartbeat as this node tells it to others, unsigned
 * @param entries all entries, tombstones included, in UTF-8 order of their keys
 * @param maxVersion version of the latest change included, unsigned
 * @param lastGcVersion greatest version among the entries that were collected, unsigned
 */
public record NodeSnapshot(
        NodeIdentity identity, long heartbeat, List<KeyMutation> entries, long maxVersion, long lastGcVersion) {
    /**
     * Copies the list (a no-op for the unmodifiable lists that node states hand out).
     *
     * @param identity whose state
     * @param heartbeat the heartbeat as this node tells it to others, unsigned
     * @param entries all entries, tombstones included, in UTF-8 order of their keys
     * @param maxVersion version of the latest change included, unsigned
     * @param lastGcVersion greatest version among the entries that were collected, unsigned
     */
    public NodeSnapshot {
        entries = List.copyOf(entries);
    }
}
