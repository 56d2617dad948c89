/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.simulator.law.LawBook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether all running members agree: each sees exactly the running members live, with the max version and the
 * visible keys that their owners have. Stops at the first who does not, and begins with that one the next time.
 */
final class Convergence {
    private final World world;
    private final boolean keysToo;
    private int suspect = 1;

    Convergence(World world) {
        this.world = world;
        this.keysToo = !world.scenario.excused().contains(LawBook.AGREEMENT_ON_KEYS);
    }

    /** {@return what is still missing; null when all agree} */
    @Nullable
    String missing() {
        Map<NodeIdentity, NodeSnapshot> truth = new HashMap<>();
        for (SimulatedMember member : world.members) {
            if (member.isStaying()) {
                NodeIdentity identity = member.identity();
                NodeSnapshot own = world.<NodeSnapshot>with(
                        member, access -> access.node(identity).orElseThrow());
                truth.put(identity, Objects.requireNonNull(own));
            }
        }
        int count = world.members.length;
        for (int i = 0; i < count; i++) {
            SimulatedMember member = world.members[(suspect + i) % count];
            if (member.isStaying()) {
                String missing = missing(member, truth);
                if (missing != null) {
                    suspect = member.number;
                    return missing;
                }
            }
        }
        return null;
    }

    private @Nullable String missing(SimulatedMember member, Map<NodeIdentity, NodeSnapshot> truth) {
        List<NodeIdentity> live = Objects.requireNonNull(world.with(member, ClusterAccess::liveNodes));
        if (live.size() != truth.size()) {
            return member.identity() + " sees " + live.size() + " live members of " + truth.size();
        }
        ClusterSnapshot picture = Objects.requireNonNull(world.with(member, ClusterAccess::snapshot));
        for (MemberSnapshot copy : picture.members()) {
            if (copy.state() == MemberState.LIVE) {
                NodeSnapshot own = truth.get(copy.identity());
                String difference = difference(copy.node(), own);
                if (difference != null) {
                    return "at " + member.identity() + ", " + copy.identity() + " " + difference;
                }
            }
        }
        return null;
    }

    private @Nullable String difference(NodeSnapshot copy, @Nullable NodeSnapshot own) {
        if (own == null) {
            return "does not run";
        }
        if (!keysToo) {
            return null;
        }
        if (copy.maxVersion() != own.maxVersion()) {
            return "has max version " + copy.maxVersion() + ", its owner " + own.maxVersion();
        }
        if (copy.entries().equals(own.entries())) {
            return null;
        }
        // Tombstones and limited values are collected by each member's own clock.
        List<KeyMutation> copied = lasting(copy);
        List<KeyMutation> owned = lasting(own);
        return copied.equals(owned) ? null : "has " + copied + ", its owner " + owned;
    }

    private static List<KeyMutation> lasting(NodeSnapshot node) {
        return node.entries().stream()
                .filter(e -> e.status() == EntryStatus.SET)
                .toList();
    }
}
