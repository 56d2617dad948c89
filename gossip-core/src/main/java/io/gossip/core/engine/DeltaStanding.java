/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.reconcile.DeltaPolicy;
import io.gossip.core.state.NodeState;

/** Which members a delta may tell of, and which keys it must not carry. */
final class DeltaStanding implements DeltaPolicy {
    private final Members members;
    private final Counters counters;
    private final boolean sparesRustPeers;
    private GossipAddress target;
    private boolean mentionedOnly;

    DeltaStanding(GossipConfig config, Members members, Counters counters) {
        this.members = members;
        this.counters = counters;
        this.target = config.self().gossipAddress();
        this.sparesRustPeers = config.profile() == Profile.INTEROP;
    }

    /**
     * Sets whom the next delta goes to.
     *
     * @param mentionedOnly whether the digest that it answers had no room for all members: then who is missing from it is
     *     not unknown there as a rule, and would crowd out real news. Who is unknown there is named by our digests first
     */
    DeltaStanding towards(GossipAddress address, boolean mentionedOnly) {
        target = address;
        this.mentionedOnly = mentionedOnly;
        return this;
    }

    @Override
    public Standing standingOf(NodeState node) {
        Member member = members.find(node.identity());
        if (member == null) {
            return Standing.NORMAL; // ourselves
        }
        // A member is never told about itself: a reference peer would take our word over its own (W16).
        if ((mentionedOnly && !members.index.isMentioned(member))
                || !member.isInDigest()
                || member.retired
                || member.unlisted
                || member.identity().gossipAddress().equals(target)) {
            return Standing.EXCLUDED;
        }
        return member.everLive && !member.isLive() ? Standing.LAST : Standing.NORMAL;
    }

    @Override
    public boolean withholds(String key) {
        if (sparesRustPeers && WriteRules.harmsRustPeers(key)) {
            counters.harmfulKeysHeld++;
            return true;
        }
        return false;
    }
}
