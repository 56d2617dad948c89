/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events about members that go into one publication. Its lists have no order among each other but the one in which they
 * are read (joined, alive, dead, left, removed), so one member's events fit only if they happened in that order.
 */
final class MemberChanges {
    private enum Change {
        JOINED,
        ALIVE,
        DEAD,
        LEFT,
        REMOVED
    }

    private final Map<NodeIdentity, Change> latest = new HashMap<>();
    private final Map<Change, List<NodeIdentity>> lists = new EnumMap<>(Change.class);

    boolean accepts(ClusterEvent event) {
        Change before = latest.get(event.identity());
        return before == null || before.compareTo(changeOf(event)) < 0;
    }

    void add(ClusterEvent event) {
        Change change = changeOf(event);
        latest.put(event.identity(), change);
        lists.computeIfAbsent(change, none -> new ArrayList<>()).add(event.identity());
    }

    boolean isEmpty() {
        return latest.isEmpty();
    }

    MembersPublication publication(long sequence, String clusterId, List<NodeIdentity> liveNodes) {
        return new MembersPublication(
                sequence,
                clusterId,
                list(Change.JOINED),
                list(Change.ALIVE),
                list(Change.DEAD),
                list(Change.LEFT),
                list(Change.REMOVED),
                liveNodes);
    }

    private List<NodeIdentity> list(Change change) {
        return lists.getOrDefault(change, List.of());
    }

    private static Change changeOf(ClusterEvent event) {
        if (event instanceof ClusterEvent.MemberJoined) {
            return Change.JOINED;
        }
        if (event instanceof ClusterEvent.MemberAlive) {
            return Change.ALIVE;
        }
        if (event instanceof ClusterEvent.MemberDead) {
            return Change.DEAD;
        }
        if (event instanceof ClusterEvent.MemberLeft) {
            return Change.LEFT;
        }
        if (event instanceof ClusterEvent.MemberRemoved) {
            return Change.REMOVED;
        }
        throw new AssertionError("not about a member: " + event);
    }
}
