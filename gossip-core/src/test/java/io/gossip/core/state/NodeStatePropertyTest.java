/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of a node state, under whatever happens to it. */
class NodeStatePropertyTest {
    private static final String[] KEYS = {"", "a", "b", "key", "\u00e9", "\u4e16", "\ud83d\ude00", "z"};

    private static final List<EntryStatus> STATUSES = List.of(EntryStatus.values());

    private final NodeState node = new NodeState(identity("n1"));
    private long now;

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void versionsNeverDecreaseAndWhatIsCountedIsTrue(long randomSeed) {
        Random random = new Random(randomSeed);
        for (int i = 0; i < 3_000; i++) {
            long gc = node.lastGcVersion();
            long max = node.maxVersion();
            step(random);
            assertThat(isBelow(node.lastGcVersion(), node.maxVersion(), gc, max))
                    .as("step %d: (%d, %d) after (%d, %d)", i, node.lastGcVersion(), node.maxVersion(), gc, max)
                    .isFalse();
            assertCounts(random.nextInt(1 + (int) Math.min(node.maxVersion() + 2, 500)));
        }
    }

    private static boolean isBelow(long gc, long max, long oldGc, long oldMax) {
        return gc < oldGc || (gc == oldGc && max < oldMax);
    }

    private void step(Random random) {
        String key = KEYS[random.nextInt(KEYS.length)];
        now += random.nextInt(3);
        switch (random.nextInt(9)) {
            case 0 -> node.set(key, "v" + random.nextInt(3), now);
            case 1 -> node.setWithTtl(key, "v" + random.nextInt(3), now);
            case 2 -> node.delete(key, now);
            case 3 -> node.deleteAfterTtl(key, now);
            case 4 -> node.touch(key, now);
            case 5 -> node.gcKeysMarkedForDeletion(random.nextInt(20), now);
            case 6 ->
                node.replaceIfNewer(
                        List.of(), near(node.maxVersion(), random), near(node.lastGcVersion(), random), now);
            case 7 -> node.renumberAbove(Math.max(node.lastGcVersion(), node.maxVersion()) + random.nextInt(3), now);
            case 8 -> node.apply(anyDelta(random), now);
            default -> throw new AssertionError();
        }
    }

    private static long near(long version, Random random) {
        return Math.max(0, version + random.nextInt(7) - 3);
    }

    private NodeDelta anyDelta(Random random) {
        long from = random.nextBoolean() ? 0 : near(node.maxVersion(), random);
        long version = random.nextBoolean() ? from : near(node.maxVersion(), random);
        List<KeyMutation> mutations = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            version += random.nextInt(4); // equal versions too
            EntryStatus status = STATUSES.get(random.nextInt(3));
            mutations.add(new KeyMutation(KEYS[random.nextInt(KEYS.length)], "d" + random.nextInt(3), version, status));
        }
        return new NodeDelta(node.identity(), near(node.maxVersion(), random), from, mutations, version);
    }

    /** Everything that is kept up to date on the way, against a look at all entries. */
    private void assertCounts(long floor) {
        List<KeyMutation> all = node.snapshot().entries();
        List<KeyMutation> newer = all.stream()
                .filter(entry -> entry.version() > floor)
                .sorted(Comparator.comparingLong(KeyMutation::version))
                .toList();
        List<KeyMutation> visited = new ArrayList<>();
        node.visitNewerThan(floor, (mutation, keyBytes, valueBytes) -> {
            assertThat(keyBytes).isEqualTo(Utf8.length(mutation.key()));
            assertThat(valueBytes).isEqualTo(Utf8.length(mutation.value()));
            return visited.add(mutation);
        });
        assertThat(visited).containsExactlyInAnyOrderElementsOf(newer);
        assertThat(visited).isSortedAccordingTo(Comparator.comparingLong(KeyMutation::version));
        assertThat(node.countNewerThan(floor)).isEqualTo(newer.size());
        assertThat(node.hasNewerThan(floor)).isEqualTo(!newer.isEmpty());
        assertThat(all).isSortedAccordingTo((x, y) -> Utf8.compare(x.key(), y.key()));
        assertThat(all).allMatch(entry -> entry.version() <= node.maxVersion());
        assertThat(node.visibleKeys()).isEqualTo(node.visible("").size());
        assertThat(node.stateBytes())
                .isEqualTo(all.stream()
                        .mapToLong(entry -> Utf8.length(entry.key()) + Utf8.length(entry.value()))
                        .sum());
    }
}
