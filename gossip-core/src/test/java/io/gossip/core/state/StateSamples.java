/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.List;
import java.util.Objects;

/** Short ways to write down what the tests of state and reconciliation start from. */
public final class StateSamples {
    private StateSamples() {}

    public static NodeIdentity identity(String nodeId) {
        return new NodeIdentity(nodeId, 1, GossipAddress.parse("127.0.0.1:10001"));
    }

    public static KeyMutation set(String key, String value, long version) {
        return new KeyMutation(key, value, version, EntryStatus.SET);
    }

    public static KeyMutation tombstone(String key, long version) {
        return new KeyMutation(key, "", version, EntryStatus.TOMBSTONE);
    }

    public static KeyMutation ttl(String key, String value, long version) {
        return new KeyMutation(key, value, version, EntryStatus.DELETE_AFTER_TTL);
    }

    /** A node delta that ends with its last mutation. */
    public static NodeDelta delta(String nodeId, long gc, long from, KeyMutation... mutations) {
        long max = mutations.length == 0 ? 0 : mutations[mutations.length - 1].version();
        return new NodeDelta(identity(nodeId), gc, from, List.of(mutations), max);
    }

    /** A node delta of nothing but "set max version". */
    public static NodeDelta delta(String nodeId, long gc, long from, long max) {
        return new NodeDelta(identity(nodeId), gc, from, List.of(), max);
    }

    /** A key that must be there, tombstones included. */
    public static VersionedValue stored(NodeState node, String key) {
        return Objects.requireNonNull(node.get(key), key);
    }

    /** Brings a fresh node state to these entries and versions. */
    public static NodeState filled(NodeState node, long gc, long max, KeyMutation... entries) {
        if (node.replaceIfNewer(List.of(entries), max, gc, 0).isEmpty()) {
            throw new AssertionError("not newer");
        }
        return node;
    }
}
