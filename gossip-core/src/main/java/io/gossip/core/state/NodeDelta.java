/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.NodeIdentity;
import java.util.List;

/**
 * The writes of one member that a peer lacks, in ascending version order, cut to what fitted.
 *
 * @param identity the member whose history this is
 * @param lastGcVersion the sender's last GC version for it, unsigned
 * @param fromVersionExcluded the delta holds what happened after this version, unsigned; 0 with a greater last GC
 *     version than the receiver's asks for a reset
 * @param mutations writes with strictly ascending versions; may be empty
 * @param maxVersion version reached by applying it: that of the last mutation or of an explicit "set max version";
 *     0 when there is neither
 */
public record NodeDelta(
        NodeIdentity identity,
        long lastGcVersion,
        long fromVersionExcluded,
        List<KeyMutation> mutations,
        long maxVersion) {
    /**
     * Copies the list.
     *
     * @param identity the member whose history this is
     * @param lastGcVersion the sender's last GC version for it, unsigned
     * @param fromVersionExcluded the delta holds what happened after this version, unsigned
     * @param mutations writes with strictly ascending versions
     * @param maxVersion version reached by applying it: unsigned
     */
    public NodeDelta {
        mutations = List.copyOf(mutations);
    }

    /** {@return whether nothing stands behind the node op; such a delta says nothing and is ignored (W19)} */
    public boolean isBare() {
        return mutations.isEmpty() && maxVersion == 0;
    }
}
