/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.DatagramWriter;
import io.gossip.core.wire.DigestImage;
import io.gossip.core.wire.MessageType;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who could be named and what an enemy could say: decodable messages, and some that are only nearly so. */
final class HostileWorld {
    static final NodeIdentity SELF = identity("self", 5, "10.0.0.1:7000");
    static final List<GossipAddress> SEEDS =
            List.of(GossipAddress.parse("10.0.0.20:7000"), GossipAddress.parse("10.0.0.21:7000"));

    private static final List<NodeIdentity> IDENTITIES = identities();
    private static final List<GossipAddress> SOURCES = sources();
    private static final List<String> KEYS =
            List.of("a", "b", "c", "", "ключ", ReservedKeys.STATE, ReservedKeys.STATE, ReservedKeys.HTTP, "é");
    private static final List<String> VALUES =
            List.of("", ReservedKeys.LEAVING, "v", "w".repeat(700), "x".repeat(30_000), "line\nbreak");

    private final ByteFeed feed;
    private final DatagramWriter writer = new DatagramWriter(65_507);
    private long base = 1;

    HostileWorld(ByteFeed feed) {
        this.feed = feed;
    }

    private static NodeIdentity identity(String id, long generation, String address) {
        return new NodeIdentity(id, generation, GossipAddress.parse(address));
    }

    private static List<NodeIdentity> identities() {
        List<NodeIdentity> all = new ArrayList<>(List.of(
                SELF,
                SELF,
                identity("self", 4, "10.0.0.1:7000"),
                identity("self", 6, "10.0.0.1:7000"),
                identity("self", -1, "10.0.0.2:7000"),
                identity("self", 5, "10.0.0.3:7000"),
                identity("", 0, "10.0.0.4:7000"),
                identity("null", 1, "0.0.0.0:0"),
                identity("portless", 1, "10.0.0.5:0"),
                identity("six", Long.MIN_VALUE, "[2001:db8::1]:7000"),
                identity("mapped", 1, "[::ffff:10.0.0.6]:7000"),
                identity("mapped", 1, "10.0.0.6:7000"),
                identity("evil\nERROR all is lost", 1, "10.0.0.7:7000"),
                identity("e".repeat(1_024), 1, "10.0.0.8:7000"),
                identity("f".repeat(1_025), 1, "10.0.0.9:7000"),
                identity("at seed", 1, "10.0.0.20:7000")));
        for (int i = 0; i < 6; i++) {
            all.add(identity("m" + i, 1, "10.0.1." + i + ":7000"));
            all.add(identity("m" + i, 2, "10.0.1." + i + ":7000"));
        }
        for (int i = 0; i < 40; i++) {
            all.add(identity("x" + i, i, "10.0.2." + i % 20 + ":7000"));
        }
        return List.copyOf(all);
    }

    private static List<GossipAddress> sources() {
        return Stream.concat(
                        Stream.concat(SEEDS.stream(), IDENTITIES.stream().map(NodeIdentity::gossipAddress)),
                        IntStream.range(0, 10).mapToObj(i -> GossipAddress.parse("10.0.3." + i + ":7000")))
                .distinct()
                .toList();
    }

    GossipAddress source() {
        return feed.oneOf(SOURCES);
    }

    NodeIdentity identity() {
        return feed.oneOf(IDENTITIES);
    }

    /** A datagram; also carries numbers forward, so that heartbeats and versions tend to rise. */
    byte[] datagram() {
        base += feed.below(3);
        ProtocolVersion version = feed.below(2) == 0 ? ProtocolVersion.V0 : ProtocolVersion.V1;
        switch (feed.below(8)) {
            case 0, 1, 2, 3 -> {
                writer.begin(version, MessageType.SYN);
                digest();
                writer.clusterId(feed.below(8) == 7 ? "other\ncluster" : "test");
            }
            case 4, 5 -> {
                writer.begin(version, MessageType.SYN_ACK);
                digest();
                delta();
            }
            case 6 -> {
                writer.begin(version, MessageType.ACK);
                delta();
            }
            default -> writer.begin(version, feed.below(2) == 0 ? MessageType.ACK : MessageType.BAD_CLUSTER);
        }
        return writer.finish();
    }

    /** Any order, duplicates allowed. */
    private void digest() {
        int size = feed.below(12);
        List<NodeIdentity> named = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            named.add(identity());
        }
        DigestImage image = new DigestImage();
        image.layout(named);
        for (int i = 0; i < size; i++) {
            image.set(i, feed.number(base), feed.number(0), feed.number(base));
        }
        writer.digest(image, 0);
    }

    private void delta() {
        List<NodeDelta> deltas = new ArrayList<>();
        for (int i = feed.below(4); i > 0; i--) {
            deltas.add(nodeDelta());
        }
        try {
            writer.delta(new Delta(deltas));
        } catch (IllegalArgumentException tooLarge) {
            writer.delta(Delta.EMPTY);
        }
    }

    private NodeDelta nodeDelta() {
        List<KeyMutation> mutations = mutations();
        long last =
                mutations.isEmpty() ? 0 : mutations.get(mutations.size() - 1).version();
        long max = feed.below(3) == 0 ? feed.number(last) : last;
        return new NodeDelta(identity(), feed.number(0), feed.below(2) == 0 ? 0 : feed.number(base), mutations, max);
    }

    /** Key-values as a delta could have them: versions mostly rise. */
    List<KeyMutation> mutations() {
        List<KeyMutation> mutations = new ArrayList<>();
        long version = feed.number(base);
        for (int i = feed.below(5); i > 0; i--) {
            version += feed.below(16) == 15 ? feed.number(0) : 1;
            mutations.add(new KeyMutation(
                    feed.oneOf(KEYS), feed.oneOf(VALUES), version, feed.oneOf(List.of(EntryStatus.values()))));
        }
        return mutations;
    }
}
