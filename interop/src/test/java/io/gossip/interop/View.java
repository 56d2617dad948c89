/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
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
    /** What is known of one member; all numbers unsigned. */
    record Known(long heartbeat, long maxVersion, long lastGcVersion, Map<String, KeyMutation> entries) {}

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
