/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyChangeTest {
    @ParameterizedTest
    @CsvSource({"SET, SET", "TOMBSTONE, DELETED", "DELETE_AFTER_TTL, DELETE_AFTER_TTL"})
    void aWriteIsAChangeOfItsKind(EntryStatus status, KeyChange.Kind kind) {
        assertThat(KeyChange.of(new KeyMutation("k", "v", 7, status))).isEqualTo(new KeyChange("k", "v", 7, kind));
    }
}
