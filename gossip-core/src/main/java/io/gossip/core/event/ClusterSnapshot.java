/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.event;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.List;

/**
 * Immutable picture of the cluster as one node sees it.
 *
 * @param clusterId the cluster
 * @param self the node whose picture this is
 * @param members all listed members, this node included, in identity order
 * @param seedAddresses addresses of the seed nodes, in address order
 */
public record ClusterSnapshot(
        String clusterId, NodeIdentity self, List<MemberSnapshot> members, List<GossipAddress> seedAddresses) {
    /**
     * Copies the lists.
     *
     * @param clusterId the cluster
     * @param self the node whose picture this is
     * @param members all listed members, this node included, in identity order
     * @param seedAddresses addresses of the seed nodes, in address order
     */
    public ClusterSnapshot {
        members = List.copyOf(members);
        seedAddresses = List.copyOf(seedAddresses);
    }
}
