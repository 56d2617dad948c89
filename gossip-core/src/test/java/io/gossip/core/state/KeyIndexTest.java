/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.Utf8;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyIndexTest {
    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void agreesWithASortedMap(long randomSeed) {
        Random random = new Random(randomSeed);
        var index = new KeyIndex();
        var model = new TreeMap<String, Entry>(Utf8::compare);
        int keys = 1 + random.nextInt(3 * KeyIndex.MOST_FLAT);
        for (int i = 0; i < 3_000; i++) {
            String key = key(random, keys);
            switch (random.nextInt(200)) {
                case 0 -> {
                    index.clear();
                    model.clear();
                }
                case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> {
                    index.remove(key);
                    model.remove(key);
                }
                default -> {
                    if (!model.containsKey(key)) {
                        Entry entry = new Entry(new KeyMutation(key, "", i, EntryStatus.SET));
                        index.add(entry);
                        model.put(key, entry);
                    }
                }
            }
            String other = key(random, keys);
            assertThat(index.find(other)).isSameAs(model.get(other));
            assertThat(index.size()).isEqualTo(model.size());
            assertThat(index.all()).containsExactlyElementsOf(model.values());
            assertThat(index.from(other))
                    .containsExactlyElementsOf(model.tailMap(other, true).values());
        }
    }

    // Keys of one, two and four bytes of UTF-8: their order is not that of chars.
    private static String key(Random random, int keys) {
        int number = random.nextInt(keys);
        String first = switch (number % 3) {
            case 0 -> "k";
            case 1 -> "\uff5e";
            default -> "\ud83d\ude00";
        };
        return first + number;
    }
}
