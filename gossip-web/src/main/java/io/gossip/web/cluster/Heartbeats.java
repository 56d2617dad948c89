/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes without a publication: heartbeats and the addresses of seed nodes, as one snapshot had them.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class Heartbeats {
    private final Map<NodeIdentity, Long> byMember = new HashMap<>();
    private final List<GossipAddress> seedAddresses;

    public Heartbeats(ClusterPicture snapshot) {
        snapshot.members().forEach(member -> byMember.put(member.identity(), member.heartbeat()));
        seedAddresses = snapshot.seedAddresses();
    }

    /** The unsigned heartbeat of a member; what its picture says if the snapshot did not list it. */
    public long of(MemberPicture member) {
        return byMember.getOrDefault(member.identity(), member.heartbeat());
    }

    public List<GossipAddress> seedAddresses() {
        return seedAddresses;
    }
}
