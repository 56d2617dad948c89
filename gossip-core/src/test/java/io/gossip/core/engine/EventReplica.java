/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A read model that starts from a snapshot and follows the events; refuses events that break a law. */
final class EventReplica {
    private final Map<NodeIdentity, MemberState> states = new HashMap<>();
    private final Map<NodeIdentity, TreeMap<String, KeyMutation>> keys = new HashMap<>();
    private final Map<NodeIdentity, List<Long>> versions = new HashMap<>();

    EventReplica(ClusterSnapshot from) {
        for (MemberSnapshot member : from.members()) {
            states.put(member.identity(), member.state());
            TreeMap<String, KeyMutation> entries = new TreeMap<>();
            member.node().entries().forEach(e -> entries.put(e.key(), e));
            keys.put(member.identity(), entries);
            versions.put(
                    member.identity(),
                    List.of(member.node().lastGcVersion(), member.node().maxVersion()));
        }
    }

    void apply(ClusterEvent event) {
        NodeIdentity id = event.identity();
        if (event instanceof ClusterEvent.MemberJoined) {
            assertThat(states).doesNotContainKey(id);
            states.put(id, MemberState.DEAD);
            keys.put(id, new TreeMap<>());
            versions.put(id, List.of(0L, 0L));
            return;
        }
        assertThat(states).as("listed when it has: " + event).containsKey(id);
        if (event instanceof ClusterEvent.MemberAlive) {
            states.put(id, MemberState.LIVE);
        } else if (event instanceof ClusterEvent.MemberDead) {
            states.put(id, MemberState.DEAD);
        } else if (event instanceof ClusterEvent.MemberLeft) {
            states.put(id, MemberState.LEFT);
        } else if (event instanceof ClusterEvent.MemberRemoved) {
            states.remove(id);
            keys.remove(id);
            versions.remove(id);
        } else if (event instanceof ClusterEvent.KeysChanged changed) {
            change(id, changed);
        } else {
            throw new AssertionError(event);
        }
    }

    private void change(NodeIdentity id, ClusterEvent.KeysChanged changed) {
        List<Long> before = Objects.requireNonNull(versions.get(id));
        int byGc = Long.compareUnsigned(changed.lastGcVersion(), before.get(0));
        int byMax = Long.compareUnsigned(changed.maxVersion(), before.get(1));
        assertThat(byGc > 0 || (byGc == 0 && byMax >= 0))
                .as(before + " -> " + changed)
                .isTrue();
        versions.put(id, List.of(changed.lastGcVersion(), changed.maxVersion()));
        TreeMap<String, KeyMutation> entries = Objects.requireNonNull(keys.get(id));
        if (changed.reset()) {
            entries.clear();
        }
        for (KeyChange c : changed.changes()) {
            switch (c.kind()) {
                case SET -> entries.put(c.key(), new KeyMutation(c.key(), c.value(), c.version(), EntryStatus.SET));
                case DELETED ->
                    entries.put(c.key(), new KeyMutation(c.key(), c.value(), c.version(), EntryStatus.TOMBSTONE));
                case DELETE_AFTER_TTL ->
                    entries.put(
                            c.key(), new KeyMutation(c.key(), c.value(), c.version(), EntryStatus.DELETE_AFTER_TTL));
                case EXPIRED -> entries.remove(c.key());
            }
        }
    }

    boolean matches(ClusterSnapshot snapshot) {
        EventReplica expected = new EventReplica(snapshot);
        return states.equals(expected.states) && keys.equals(expected.keys) && versions.equals(expected.versions);
    }
}
