/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static io.gossip.core.state.StateSamples.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state handed in whole (semantics §14, W32). */
class ReplaceStateTest {
    private final NodeState node = new NodeState(identity("n1"));

    @ParameterizedTest(name = "({0}, {1}) offered ({2}, {3}): accepted {4}")
    @CsvSource({
        "100, 100, 80,   120, false",
        "10,  50,  10,   100, true",
        "10,  50,  10,   50,  false",
        "10,  50,  10,   49,  false",
        "0,   3,   1337, 2,   true",
        "0,   3,   -1,   2,   true",
        "-1,  3,   5,    9,   false",
    })
    void onlyAGreaterPairOfVersionsIsAccepted(long gc, long max, long offeredGc, long offeredMax, boolean accepted) {
        filled(node, gc, max);
        assertThat(node.replaceIfNewer(List.of(), offeredMax, offeredGc, 0).isPresent())
                .isEqualTo(accepted);
        assertThat(node.lastGcVersion()).isEqualTo(accepted ? offeredGc : gc);
        assertThat(node.maxVersion()).isEqualTo(accepted ? offeredMax : max);
    }

    @Test
    void nothingOfTheFormerStateRemains() {
        filled(node, 10, 100, set("a", "v", 90), set("b", "", 95), tombstone("c", 96));
        AppliedDelta applied = node.replaceIfNewer(List.of(tombstone("d", 5), set("a", "w", 3)), 5, 11, 8)
                .orElseThrow();
        assertThat(applied.reset()).isTrue();
        assertThat(applied.changes())
                .containsExactly(
                        new KeyChange("a", "w", 3, KeyChange.Kind.SET),
                        new KeyChange("d", "", 5, KeyChange.Kind.DELETED));
        assertThat(node.snapshot().entries()).containsExactly(set("a", "w", 3), tombstone("d", 5));
        assertThat(node.stateBytes()).isEqualTo(3);
        assertThat(node.gcKeysMarkedForDeletion(1, 9)).hasSize(1);
    }

    @Test
    void contradictionsAreNamedAndChangeNothing() {
        filled(node, 0, 1, set("k", "v", 1));
        assertTrouble("'b' has version 2 like", set("a", "", 2), set("b", "", 2));
        assertTrouble("'a' has version 0", set("a", "", 0));
        assertTrouble("'a' has version 18446744073709551615 above max version 9", set("a", "", -1));
        assertTrouble("'a' occurs twice", set("a", "", 1), set("a", "", 2));
        assertThat(node.snapshot().entries()).containsExactly(set("k", "v", 1));
    }

    private void assertTrouble(String message, KeyMutation... entries) {
        assertThatThrownBy(() -> node.replaceIfNewer(List.of(entries), 9, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
