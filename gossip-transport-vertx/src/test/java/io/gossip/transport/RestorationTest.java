/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorationTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final NodeIdentity SELF = new NodeIdentity("n", 7, GossipAddress.parse("127.0.0.1:1"));

    @ParameterizedTest(name = "configured {0}, then at run time {1}, now configured {2}: {3}")
    @CsvSource({
        // configured before, value when it stopped, configured now, value after the start
        "-, -, v, v", // first start
        "v, v, v, v", // nothing happened
        "v, w, v, w", // what a user wrote survives
        "v, -, v, -", // and what a user deleted
        "v, v, x, x", // a changed configuration counts
        "v, w, x, x", // also against the user: it is the later word
        "v, -, x, x",
        "v, v, -, -", // no longer configured, and never touched
        "v, w, -, w", // no longer configured, but written by a user
        "-, w, -, w",
        "-, w, v, v", // newly configured
    })
    void decidesBetweenMemoryAndConfiguration(String before, String stopped, String now, String expected) {
        MemberMemory memory = new MemberMemory(
                Optional.empty(),
                Optional.empty(),
                stopped.equals("-") ? List.of() : List.of(new MemberMemory.Key("k", stopped, Optional.empty())),
                map(before),
                List.of());

        Restoration restoration = restore(memory, map(now));

        assertThat(restoration.initial().containsKey("k")
                        && restoration.restored().stream().anyMatch(key -> true))
                .as("both")
                .isFalse();
        String value = restoration
                .initial()
                .getOrDefault(
                        "k",
                        restoration.restored().stream()
                                .map(MemberMemory.Key::value)
                                .findFirst()
                                .orElse("-"));
        assertThat(value).isEqualTo(expected);
        assertThat(replayed(memory, restoration)).isEqualTo(map(expected));
    }

    @Test
    void aValueWhoseTimeIsOverDoesNotComeBack() {
        MemberMemory.Key over = new MemberMemory.Key("over", "v", Optional.of(NOW.minus(GRACE)));
        MemberMemory.Key young =
                new MemberMemory.Key("young", "v", Optional.of(NOW.minus(GRACE).plusMillis(1)));
        MemberMemory.Key clockSetBack = new MemberMemory.Key("future", "v", Optional.of(NOW.plus(GRACE)));
        MemberMemory memory = new MemberMemory(
                Optional.empty(), Optional.empty(), List.of(over, young, clockSetBack), Map.of(), List.of());

        Restoration restoration = restore(memory, Map.of());

        assertThat(restoration.restored()).containsExactly(young, clockSetBack);
        assertThat(restoration.records())
                .contains(
                        new MemberRecord.KeyGone("over"),
                        new MemberRecord.KeySet(new MemberMemory.Key("young", "v", Optional.of(NOW))),
                        new MemberRecord.KeySet(new MemberMemory.Key("future", "v", Optional.of(NOW))));
    }

    private static Restoration restore(MemberMemory memory, Map<String, String> configured) {
        return Restoration.of(memory, SELF, "c", configured, GRACE, NOW);
    }

    /** The keys after the records were stored, for the start after this one. */
    private static Map<String, String> replayed(MemberMemory memory, Restoration restoration) {
        Map<String, String> keys = new java.util.HashMap<>();
        memory.keys().forEach(key -> keys.put(key.key(), key.value()));
        for (MemberRecord record : restoration.records()) {
            if (record instanceof MemberRecord.KeySet set) {
                keys.put(set.key().key(), set.key().value());
            } else if (record instanceof MemberRecord.KeyGone gone) {
                keys.remove(gone.key());
            }
        }
        return keys;
    }

    private static Map<String, String> map(String value) {
        return value.equals("-") ? Map.of() : Map.of("k", value);
    }
}
