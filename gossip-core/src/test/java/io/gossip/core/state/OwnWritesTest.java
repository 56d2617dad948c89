/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the owner's writes do (semantics §2). */
class OwnWritesTest {
    private final NodeState node = new NodeState(identity("n1"));

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "set v,           absent,    v @2 SET",
        "set v,           set v,     v @2 SET (nothing)",
        "set v,           set w,     v @3 SET",
        "set v,           ttl v,     v @3 SET",
        "set v,           ttl w,     v @3 SET",
        "set v,           deleted,   v @4 SET",
        "setWithTtl v,    absent,    v @2 DELETE_AFTER_TTL",
        "setWithTtl v,    set v,     v @3 DELETE_AFTER_TTL",
        "setWithTtl v,    set w,     v @3 DELETE_AFTER_TTL",
        "setWithTtl v,    ttl v,     v @2 DELETE_AFTER_TTL (nothing)",
        "setWithTtl v,    ttl w,     v @3 DELETE_AFTER_TTL",
        "setWithTtl v,    deleted,   v @4 DELETE_AFTER_TTL",
        "delete,          absent,    absent (nothing)",
        "delete,          set v,     empty @3 TOMBSTONE",
        "delete,          ttl v,     empty @3 TOMBSTONE",
        "delete,          deleted,   empty @3 TOMBSTONE (nothing)",
        "deleteAfterTtl,  absent,    absent (nothing)",
        "deleteAfterTtl,  set v,     v @3 DELETE_AFTER_TTL",
        "deleteAfterTtl,  ttl v,     v @3 DELETE_AFTER_TTL",
        "deleteAfterTtl,  deleted,   empty @3 TOMBSTONE (nothing)",
        "touch,           absent,    absent (nothing)",
        "touch,           set v,     v @3 SET",
        "touch,           ttl v,     v @3 DELETE_AFTER_TTL",
        "touch,           deleted,   empty @3 TOMBSTONE (nothing)",
    })
    void followsTheTableOfOperations(String operation, String before, String after) {
        node.set("other", "x", 0); // version 1
        prepare(before);
        long maxBefore = node.maxVersion();

        Optional<KeyChange> change = perform(operation);

        VersionedValue value = node.get("k");
        String found = value == null ? "absent" : show(value);
        assertThat(found + (change.isEmpty() ? " (nothing)" : "")).isEqualTo(after);
        assertThat(node.maxVersion()).isEqualTo(change.isEmpty() ? maxBefore : maxBefore + 1);
        change.ifPresent(what -> {
            assertThat(what.version()).isEqualTo(node.maxVersion());
            assertThat(stored(node, "k").sinceNanos())
                    .as("its time begins now")
                    .isEqualTo(what.kind() == KeyChange.Kind.SET ? 0 : 7);
        });
    }

    private void prepare(String before) {
        switch (before) {
            case "absent" -> {}
            case "set v" -> node.set("k", "v", 5);
            case "set w" -> node.set("k", "w", 5);
            case "ttl v" -> node.setWithTtl("k", "v", 5);
            case "ttl w" -> node.setWithTtl("k", "w", 5);
            case "deleted" -> {
                node.set("k", "v", 5);
                node.delete("k", 5);
            }
            default -> throw new AssertionError(before);
        }
    }

    private Optional<KeyChange> perform(String operation) {
        return switch (operation) {
            case "set v" -> node.set("k", "v", 7);
            case "setWithTtl v" -> node.setWithTtl("k", "v", 7);
            case "delete" -> node.delete("k", 7);
            case "deleteAfterTtl" -> node.deleteAfterTtl("k", 7);
            case "touch" -> node.touch("k", 7);
            default -> throw new AssertionError(operation);
        };
    }

    private static String show(VersionedValue value) {
        return (value.value().isEmpty() ? "empty" : value.value()) + " @" + value.version() + " " + value.status();
    }

    @Test
    void followsTheWorkedExample() {
        node.set("k", "v", 0);
        assertThat(node.delete("k", 0)).contains(new KeyChange("k", "", 2, KeyChange.Kind.DELETED));
        assertThat(node.setWithTtl("t", "v", 0)).contains(new KeyChange("t", "v", 3, KeyChange.Kind.DELETE_AFTER_TTL));
        assertThat(node.setWithTtl("t", "v", 0)).isEmpty();
        assertThat(node.set("t", "v", 0)).contains(new KeyChange("t", "v", 4, KeyChange.Kind.SET));
        assertThat(node.set("t", "v", 0)).isEmpty();
        assertThat(node.setWithTtl("t", "v", 0)).contains(new KeyChange("t", "v", 5, KeyChange.Kind.DELETE_AFTER_TTL));
        assertThat(node.maxVersion()).isEqualTo(5);
    }

    @Test
    @DisplayName("T7 the first version is 1, also for an empty value")
    void firstVersionIsOne() {
        node.set("key", "", 0);
        assertThat(node.get("key")).isEqualTo(new VersionedValue("", 1, EntryStatus.SET, 0));
        assertThat(node.value("key")).contains("");
    }

    @Test
    @DisplayName("T8 each write takes the next version and leaves other keys alone")
    void versionsCountUp() {
        node.set("a", "1", 0);
        node.set("b", "2", 0);
        node.set("a", "3", 0);
        assertThat(node.get("a")).isEqualTo(new VersionedValue("3", 3, EntryStatus.SET, 0));
        assertThat(node.get("b")).isEqualTo(new VersionedValue("2", 2, EntryStatus.SET, 0));
    }

    @Test
    @DisplayName("T9 setting the same value again leaves the version alone")
    void sameValueIsNoWrite() {
        node.set("a", "1", 0);
        node.set("a", "1", 0);
        assertThat(node.get("a")).isEqualTo(new VersionedValue("1", 1, EntryStatus.SET, 0));
        assertThat(node.maxVersion()).isEqualTo(1);
    }

    @Test
    @DisplayName("T10 a deleted key leaves a tombstone with a time, and can be set again")
    void deletedKeyCanBeSetAgain() {
        node.set("a", "1", 0);
        node.delete("a", 42);
        assertThat(node.value("a")).isEmpty();
        assertThat(node.get("a")).isEqualTo(new VersionedValue("", 2, EntryStatus.TOMBSTONE, 42));
        node.set("a", "2", 50);
        assertThat(node.get("a")).isEqualTo(new VersionedValue("2", 3, EntryStatus.SET, 0));
    }

    @Test
    @DisplayName("T11 a key to be deleted later is still readable, and can be made permanent")
    void limitedKeyIsReadable() {
        node.set("a", "1", 0);
        node.deleteAfterTtl("a", 42);
        VersionedValue limited = new VersionedValue("1", 2, EntryStatus.DELETE_AFTER_TTL, 42);
        assertThat(node.get("a")).isEqualTo(limited);
        assertThat(limited.isDeleted()).isFalse();
        assertThat(node.value("a")).contains("1");
        node.set("a", "1", 50);
        assertThat(node.get("a")).isEqualTo(new VersionedValue("1", 3, EntryStatus.SET, 0));
    }

    @Test
    @DisplayName("T20 a prefix finds the visible keys under it, itself included")
    void prefixFindsVisibleKeys() {
        for (String key : List.of("Europe", "Europe:", "Europe:UK", "Asia:Japan", "Europe:Italy", "Africa:Uganda")) {
            node.set(key, "", 0);
        }
        node.delete("Europe:UK", 0);
        assertThat(node.visible("Europe:")).extracting(KeyMutation::key).containsExactly("Europe:", "Europe:Italy");
        assertThat(node.visible("")).hasSize(node.visibleKeys()).hasSize(5);
        assertThat(node.visible("Oceania:")).isEmpty();
    }

    @Test
    @DisplayName("T30 a key that was set and deleted is absent")
    void deletedIsAbsent() {
        node.set("key", "1", 0);
        node.delete("key", 0);
        assertThat(node.value("key")).isEmpty();
    }

    @Test
    @DisplayName("T31 set makes a key plain again that was to be deleted later")
    void setMakesPlain() {
        node.set("key", "1", 0);
        node.deleteAfterTtl("key", 0);
        assertThat(stored(node, "key").status()).isEqualTo(EntryStatus.DELETE_AFTER_TTL);
        node.set("key", "2", 0);
        assertThat(stored(node, "key").status()).isEqualTo(EntryStatus.SET);
    }

    @Test
    @DisplayName("T32 a key set with a time to live is readable")
    void ttlIsReadable() {
        node.setWithTtl("key", "1", 0);
        assertThat(stored(node, "key").status()).isEqualTo(EntryStatus.DELETE_AFTER_TTL);
        assertThat(node.value("key")).contains("1");
    }

    @Test
    void keysStandInTheOrderOfTheirUtf8Bytes() {
        for (String key : List.of("\ud83d\ude00", "\uffee", "b", "a", "ab", "")) {
            node.set(key, "", 0);
        }
        assertThat(node.snapshot().entries())
                .extracting(KeyMutation::key)
                .containsExactly("", "a", "ab", "b", "\uffee", "\ud83d\ude00");
    }

    @Test
    void anUnchangedStateHandsOutTheSameEntriesAgain() {
        node.set("a", "1", 0);
        List<KeyMutation> entries = node.snapshot().entries();
        node.heartbeat(9);
        assertThat(node.snapshot().entries()).isSameAs(entries);
        assertThat(node.snapshot().heartbeat()).isEqualTo(9);
        node.set("b", "2", 0);
        assertThat(node.snapshot().entries()).hasSize(2);
        assertThat(entries).hasSize(1);
    }

    @Test
    void ownVersionsEndBeforeTheSignBit() {
        node.apply(StateSamples.delta("n1", 0, 0, Long.MAX_VALUE - 1), 0);
        assertThat(node.set("a", "1", 0)).map(KeyChange::version).contains(Long.MAX_VALUE);
        assertThatThrownBy(() -> node.set("b", "2", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("n1");
        assertThatThrownBy(() -> node.delete("a", 0)).isInstanceOf(IllegalStateException.class);
        assertThat(node.maxVersion()).isEqualTo(Long.MAX_VALUE);
        assertThat(node.value("a")).contains("1");
        assertThat(node.get("b")).isNull();
    }

    @Test
    void renumberingKeepsValuesAndTheirOrderAndDropsTombstones() {
        node.set("b", "1", 0);
        node.setWithTtl("t", "x", 5);
        node.set("a", "2", 0);
        node.set("gone", "", 0);
        node.delete("gone", 0);
        List<KeyChange> changes = node.renumberAbove(1000, 50);
        assertThat(changes)
                .containsExactly(
                        new KeyChange("b", "1", 1001, KeyChange.Kind.SET),
                        new KeyChange("t", "x", 1002, KeyChange.Kind.DELETE_AFTER_TTL),
                        new KeyChange("a", "2", 1003, KeyChange.Kind.SET));
        assertThat(node.lastGcVersion()).isEqualTo(1000);
        assertThat(node.maxVersion()).isEqualTo(1003);
        assertThat(node.get("gone")).isNull();
        assertThat(node.get("t")).isEqualTo(new VersionedValue("x", 1002, EntryStatus.DELETE_AFTER_TTL, 5));
        assertThat(node.gcKeysMarkedForDeletion(10, 15))
                .extracting(KeyChange::key)
                .containsExactly("t");
        assertThat(node.set("c", "3", 50)).map(KeyChange::version).contains(1004L);
    }

    @Test
    void renumberingThatCannotBeDoneChangesNothing() {
        node.set("a", "1", 0);
        node.set("b", "2", 0);
        assertThatThrownBy(() -> node.renumberAbove(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.renumberAbove(Long.MAX_VALUE - 1, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> node.renumberAbove(-1, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(node.snapshot().entries()).extracting(KeyMutation::version).containsExactly(1L, 2L);
        assertThat(node.lastGcVersion()).isZero();
    }
}
