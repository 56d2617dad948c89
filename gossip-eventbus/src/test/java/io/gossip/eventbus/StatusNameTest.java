/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import org.junit.jupiter.api.Test;

class StatusNameTest {
    @Test
    void namesAreThoseOfTheContract() {
        assertThat(EntryStatus.values()).extracting(StatusName::of).containsExactly("Set", "Delete", "DeleteAfterTtl");
        assertThat(KeyChange.Kind.values())
                .extracting(StatusName::of)
                .containsExactlyInAnyOrder("Set", "Delete", "DeleteAfterTtl", "Expired");
    }

    @Test
    void everyNameIsReadBack() {
        for (EntryStatus status : EntryStatus.values()) {
            assertThat(StatusName.status(StatusName.of(status))).isEqualTo(status);
        }
        for (KeyChange.Kind kind : KeyChange.Kind.values()) {
            assertThat(StatusName.kind(StatusName.of(kind))).isEqualTo(kind);
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> StatusName.status("Expired")).hasMessage("unknown status of a key: Expired");
        assertThatThrownBy(() -> StatusName.kind("set")).hasMessage("unknown status of a key change: set");
    }
}
