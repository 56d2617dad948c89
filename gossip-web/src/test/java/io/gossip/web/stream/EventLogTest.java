/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.state.KeyChange;
import io.gossip.eventbus.KeysPublication;
import io.gossip.web.FakeNode;
import io.gossip.web.document.Chunks;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static KeysPublication publication(long sequence, int bytes) {
        KeyChange change = new KeyChange("", "v".repeat(bytes), sequence, KeyChange.Kind.SET);
        return new KeysPublication(sequence, "c", FakeNode.SELF, false, sequence, 0, List.of(change));
    }

    @Test
    void keepsTheLatestEventsWithinItsBytesAndAlwaysTheLast() {
        EventLog log = new EventLog(10_000);
        log.restart(7, 41);
        assertThat(log.holdsAllAfter(41)).isTrue();
        assertThat(log.holdsAllAfter(40)).isFalse();
        for (long sequence = 42; sequence < 142; sequence++) {
            log.add(publication(sequence, 1_000));
        }

        assertThat(log.bytes()).isBetween(8_000L, 10_000L);
        assertThat(log.lastSequence()).isEqualTo(141);
        assertThat(log.at(141)).isNotNull();
        assertThat(log.at(42)).isNull();
        assertThat(log.at(142)).isNull();
        assertThat(log.holdsAllAfter(141)).isTrue();
        assertThat(log.holdsAllAfter(142)).isFalse();
        assertThat(log.holdsAllAfter(100)).isFalse();
        log.add(publication(142, 50_000));
        assertThat(log.holdsAllAfter(141)).isTrue();
        assertThat(log.holdsAllAfter(140)).isFalse();
    }

    @Test
    void keepsNoMoreThanItsNumberOfEvents() {
        EventLog log = new EventLog(Long.MAX_VALUE);
        log.restart(7, 0);
        for (long sequence = 1; sequence <= EventLog.MAX_EVENTS + 10; sequence++) {
            log.add(publication(sequence, 0));
        }

        assertThat(log.at(10)).isNull();
        assertThat(log.at(11)).isNotNull();
        assertThat(log.holdsAllAfter(10)).isTrue();
        assertThat(log.holdsAllAfter(9)).isFalse();
    }

    @Test
    void countsTheBytesInsteadOfTheEventOnceTheyAreMade() {
        EventLog log = new EventLog(10_000);
        log.restart(7, 0);
        log.add(publication(1, 1_000));
        EventLog.Entry entry = Objects.requireNonNull(log.at(1));
        log.setFrame(entry, new Chunks(List.of(Buffer.buffer("x".repeat(3_000)))));

        assertThat(log.bytes()).isBetween(3_000L, 3_500L);
        assertThat(entry.publication()).isNull();
        log.restart(8, 0);
        log.setFrame(entry, new Chunks(List.of()));
        assertThat(log.bytes()).isZero();
    }
}
