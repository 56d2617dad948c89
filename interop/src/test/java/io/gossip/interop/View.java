/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one member knows.
 *
 * @param live those it takes for live, itself included
 * @param dead those it lists and does not take for live
 * @param members all it lists
 */
record View(Set<NodeIdentity> live, Set<NodeIdentity> dead, Map<NodeIdentity, Known> members) {
    static View of(ClusterSnapshot snapshot) {
        Set<NodeIdentity> live = new HashSet<>();
        Set<NodeIdentity> dead = new HashSet<>();
        Map<NodeIdentity, Known> members = new HashMap<>();
        for (MemberSnapshot member : snapshot.members()) {
            (member.state() == MemberState.LIVE ? live : dead).add(member.identity());
            members.put(member.identity(), Known.of(member.node()));
        }
        return new View(live, dead, members);
    }

    /** What is known of one member; all numbers unsigned. */
    record Known(long heartbeat, long maxVersion, long lastGcVersion, Map<String, KeyMutation> entries) {
        static Known of(NodeSnapshot state) {
            Map<String, KeyMutation> entries = new HashMap<>();
            state.entries().forEach(entry -> entries.put(entry.key(), entry));
            return new Known(state.heartbeat(), state.maxVersion(), state.lastGcVersion(), entries);
        }

        /** The same with a heartbeat of 0, for comparisons in which it plays no part. */
        Known withoutHeartbeat() {
            return new Known(0, maxVersion, lastGcVersion, entries);
        }
    }

    /** The value that readers see; null if there is none. */
    @Nullable
    String valueOf(NodeIdentity member, String key) {
        KeyMutation entry = entryOf(member, key);
        return entry == null || entry.status() == EntryStatus.TOMBSTONE ? null : entry.value();
    }

    /** The entry, tombstones included; null if there is none. */
    @Nullable
    KeyMutation entryOf(NodeIdentity member, String key) {
        Known known = members.get(member);
        return known == null ? null : known.entries().get(key);
    }

    Known of(NodeIdentity member) {
        Known known = members.get(member);
        if (known == null) {
            throw new AssertionError(member + " is not known, only " + members.keySet());
        }
        return known;
    }
}
