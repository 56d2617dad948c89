/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Records of all kinds, with texts that a careless format would trip over. */
final class RandomRecords {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "two\nlines",
            "\"quoted\" \\ back",
            "Köln",
            "\u0000\u0001",
            "😀",
            "x".repeat(40),
            "gossip-member 1\n");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");

    private final RandomGenerator random;

    /** Prints the random seed, and takes one back with {@code -Dgossip.randomSeed=N}. */
    RandomRecords() {
        Long given = Long.getLong("gossip.randomSeed");
        long randomSeed = given == null ? new SplittableRandom().nextLong() : given;
        System.out.println("random seed " + randomSeed);
        random = new SplittableRandom(randomSeed);
    }

    MemberRecord next() {
        return switch (random.nextInt(10)) {
            case 0 -> new MemberRecord.OwnedBy(new MemberMemory.Owner(text(), text()));
            case 1 -> new MemberRecord.GenerationUsed(random.nextLong());
            case 2, 3 -> new MemberRecord.KeyGone(text());
            case 4 -> new MemberRecord.Configured(Map.of(text(), text()));
            case 5 -> new MemberRecord.PeersKnown(peers(random.nextInt(3)));
            case 6 -> new MemberRecord.KeySet(new MemberMemory.Key(text(), text(), Optional.of(NOW)));
            default -> new MemberRecord.KeySet(new MemberMemory.Key(text(), text(), Optional.empty()));
        };
    }

    List<MemberRecord> batch() {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> next()).toList();
    }

    int between(int least, int bound) {
        return random.nextInt(least, bound);
    }

    private List<MemberMemory.Peer> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new MemberMemory.Peer(
                        text(),
                        GossipAddress.parse(
                                random.nextBoolean() ? "[2001:db8::7]:1" : "192.0.2.1:" + random.nextInt(65_536)),
                        NOW))
                .toList();
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
