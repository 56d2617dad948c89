/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import java.util.List;
import java.util.Random;

/** Values that several tests start from. */
final class Samples {
    static final NodeIdentity A = new NodeIdentity("a", 1, GossipAddress.parse("127.0.0.1:1"));
    static final NodeIdentity B = new NodeIdentity("b", -1, GossipAddress.parse("[::1]:2"));

    private Samples() {}

    /** A picture of a cluster of which only this node itself is known. */
    static ClusterPicture alone(long sequence) {
        NodeSnapshot node = new NodeSnapshot(A, 3, List.of(entry("k", "v", 1)), 1, 0);
        MemberSnapshot self = new MemberSnapshot(node, MemberState.LIVE);
        GossipAddress seed = GossipAddress.parse("127.0.0.1:9");
        return ClusterPicture.of(sequence, new ClusterSnapshot("c", A, List.of(self), List.of(seed)));
    }

    static KeyMutation entry(String key, String value, long version) {
        return new KeyMutation(key, value, version, EntryStatus.SET);
    }

    static KeyChange set(String key, String value, long version) {
        return new KeyChange(key, value, version, KeyChange.Kind.SET);
    }

    static KeysPublication keys(long sequence, NodeIdentity node, KeyChange... changes) {
        long maxVersion = changes.length == 0 ? 0 : changes[changes.length - 1].version();
        return new KeysPublication(sequence, "c", node, false, maxVersion, 0, List.of(changes));
    }

    static MembersPublication joined(long sequence, NodeIdentity node) {
        return new MembersPublication(
                sequence, "c", List.of(node), List.of(node), List.of(), List.of(), List.of(), List.of(A, node));
    }

    static MembersPublication removed(long sequence, NodeIdentity node) {
        return new MembersPublication(
                sequence, "c", List.of(), List.of(), List.of(), List.of(), List.of(node), List.of(A));
    }

    static ClusterPublication random(long sequence, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> joined(sequence, B);
            case 1 -> removed(sequence, B);
            case 2 ->
                new KeysPublication(sequence, "c", B, true, sequence, 0, List.of(set("k1", "r" + sequence, sequence)));
            case 3 -> keys(sequence, B, new KeyChange("k" + random.nextInt(9), "", sequence, KeyChange.Kind.DELETED));
            default -> keys(sequence, B, set("k" + random.nextInt(9), "v" + sequence, sequence));
        };
    }

    /** All that publications tell about a member: heartbeats are left out. */
    static List<String> told(ClusterPicture picture) {
        return picture.members().stream()
                .map(member -> member.identity() + " " + member.state() + " "
                        + Long.toUnsignedString(member.maxVersion()) + " "
                        + Long.toUnsignedString(member.lastGcVersion()) + " " + member.entries())
                .toList();
    }
}
