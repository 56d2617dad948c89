/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.Utf8;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    @Test
    void equalsASortedMapAfterAnyChanges() {
        long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
        Random random = new Random(randomSeed);
        TreeMap<String, KeyMutation> model = new TreeMap<>(Utf8::compare);
        KeyTable table = KeyTable.EMPTY;
        long version = 0;
        for (int step = 0; step < 400; step++) {
            List<KeyChange> changes = new ArrayList<>();
            int count = random.nextInt(10) == 0 ? 700 : random.nextInt(4);
            for (int i = 0; i < count; i++) {
                KeyChange change = randomChange(random, ++version);
                changes.add(change);
                apply(model, change);
            }
            table = table.with(changes);
            assertThat(table.entries())
                    .as("random seed %d, step %d", randomSeed, step)
                    .isEqualTo(List.copyOf(model.values()));
            assertThat(table.shown()).as("random seed %d", randomSeed).isEqualTo(shown(model));
            String key = randomKey(random);
            assertThat(table.find(key).orElse(null)).isEqualTo(model.get(key));
            String prefix = key.substring(0, key.offsetByCodePoints(0, 1));
            assertThat(table.entries(prefix))
                    .as("random seed %d, prefix %s", randomSeed, prefix)
                    .isEqualTo(model.values().stream()
                            .filter(entry -> entry.key().startsWith(prefix))
                            .toList());
        }
        assertThat(table.size()).isGreaterThan(KeyTable.MAX_CHUNK);
    }

    @Test
    void readsASortedListOfAnyLengthAsItIs() {
        for (int size : new int[] {0, 1, 511, 512, 513, 5_000}) {
            List<KeyMutation> entries = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                entries.add(Samples.entry(String.format("%05d", i), "v", i + 1));
            }
            KeyTable table = KeyTable.of(List.copyOf(entries));
            assertThat(table.entries()).isEqualTo(entries);
            assertThat(table.shown()).isEqualTo(size);
            assertThat(table.with(List.of(Samples.set("00000x", "new", 9_999))).size())
                    .isEqualTo(size + 1);
        }
    }

    @Test
    void doesNotCountTombstonesAndReservedKeys() {
        KeyTable table = KeyTable.EMPTY.with(List.of(
                Samples.set("gossip:state", "leaving", 1),
                Samples.set("a", "", 2),
                new KeyChange("b", "", 3, KeyChange.Kind.DELETED)));
        assertThat(table.size()).isEqualTo(3);
        assertThat(table.shown()).isEqualTo(1);
    }

    private static KeyChange randomChange(Random random, long version) {
        KeyChange.Kind kind = switch (random.nextInt(8)) {
            case 0 -> KeyChange.Kind.DELETED;
            case 1 -> KeyChange.Kind.DELETE_AFTER_TTL;
            case 2 -> KeyChange.Kind.EXPIRED;
            default -> KeyChange.Kind.SET;
        };
        return new KeyChange(randomKey(random), "v" + version, version, kind);
    }

    // Some beyond the BMP and some right below it, where UTF-8 and UTF-16 order differ.
    private static String randomKey(Random random) {
        String stem = String.valueOf(random.nextInt(2_000));
        return switch (random.nextInt(8)) {
            case 0 -> "\uFF5E" + stem;
            case 1 -> "\uD83D\uDE00" + stem;
            case 2 -> "gossip:" + stem;
            default -> stem;
        };
    }

    private static void apply(Map<String, KeyMutation> model, KeyChange change) {
        EntryStatus status = switch (change.kind()) {
            case SET -> EntryStatus.SET;
            case DELETED -> EntryStatus.TOMBSTONE;
            case DELETE_AFTER_TTL -> EntryStatus.DELETE_AFTER_TTL;
            case EXPIRED -> null;
        };
        if (status == null) {
            model.remove(change.key());
        } else {
            model.put(change.key(), new KeyMutation(change.key(), change.value(), change.version(), status));
        }
    }

    private static int shown(Map<String, KeyMutation> model) {
        return (int) model.values().stream()
                .filter(entry -> entry.status() != EntryStatus.TOMBSTONE)
                .filter(entry -> !entry.key().startsWith("gossip:"))
                .count();
    }
}
