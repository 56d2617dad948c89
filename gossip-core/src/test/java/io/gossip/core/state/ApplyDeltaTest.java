/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.delta;
import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static io.gossip.core.state.StateSamples.stored;
import static io.gossip.core.state.StateSamples.tombstone;
import static io.gossip.core.state.StateSamples.ttl;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which node deltas are applied, and what they leave (semantics §6). */
class ApplyDeltaTest {
    private final NodeState node = new NodeState(identity("n1"));

    private void start(long gc, long max, KeyMutation... entries) {
        filled(node, gc, max, entries);
    }

    private DeltaVerdict apply(NodeDelta delta) {
        DeltaVerdict judged = node.judge(delta);
        AppliedDelta applied = node.apply(delta, 100);
        assertThat(applied.verdict()).isEqualTo(judged);
        assertThat(applied.reset()).isEqualTo(judged == DeltaVerdict.APPLY_AFTER_RESET);
        assertThat(applied.stored()).isEqualTo(applied.changes().size());
        return judged;
    }

    private void assertVersions(long gc, long max) {
        assertThat(List.of(node.lastGcVersion(), node.maxVersion())).containsExactly(gc, max);
    }

    @Test
    void followsTheWorkedExample() {
        start(0, 5, set("a", "1", 5));
        assertThat(apply(delta("n1", 0, 6, set("b", "", 7)))).isEqualTo(DeltaVerdict.REJECT_FROM_FUTURE);
        assertThat(apply(delta("n1", 0, 0, set("b", "", 5)))).isEqualTo(DeltaVerdict.REJECT_ALREADY_KNOWN);
        assertVersions(0, 5);
        assertThat(apply(delta("n1", 0, 0, set("a", "old", 3), set("b", "2", 6))))
                .isEqualTo(DeltaVerdict.APPLY);
        assertVersions(0, 6);
        assertThat(node.value("a")).contains("1");
        assertThat(apply(delta("n1", 9, 3, set("c", "", 10)))).isEqualTo(DeltaVerdict.REJECT_MISSED_DELETIONS);
        assertThat(apply(delta("n1", 6, 6, set("c", "3", 8)))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(0, 8);
        assertThat(apply(delta("n1", 9, 0, set("d", "", 4), tombstone("f", 7), set("e", "", 10), tombstone("g", 11))))
                .isEqualTo(DeltaVerdict.APPLY_AFTER_RESET);
        assertVersions(9, 11);
        assertThat(node.snapshot().entries()).containsExactly(set("d", "", 4), set("e", "", 10), tombstone("g", 11));
        assertThat(apply(delta("n1", 9, 11, ttl("t", "x", 12)))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(9, 12);
        assertThat(node.get("t")).isEqualTo(new VersionedValue("x", 12, EntryStatus.DELETE_AFTER_TTL, 100));
    }

    @Test
    @DisplayName("T14 newer values replace, older ones are ignored, a reset leaves only what the delta brings")
    void newerReplacesOlderIsIgnored() {
        ClusterState cluster = new ClusterState();
        NodeState node1 = filled(cluster.create(identity("node1")), 0, 3, set("key_a", "0", 1), set("key_b", "3", 3));
        NodeState node2 = filled(cluster.create(identity("node2")), 0, 2, set("key_c", "0", 1), set("key_d", "1", 2));
        node1.apply(delta("node1", 0, 0, set("key_b", "2", 2), set("key_a", "4", 4)), 0);
        node2.apply(delta("node2", 3, 0, set("key_d", "4", 4)), 0);
        assertThat(node1.snapshot().entries()).containsExactly(set("key_a", "4", 4), set("key_b", "3", 3));
        assertThat(node2.snapshot().entries()).containsExactly(set("key_d", "4", 4));
        assertThat(node2.lastGcVersion()).isEqualTo(3);
    }

    @Test
    @DisplayName("T21 a simple delta replaces one key and adds one")
    void simpleDelta() {
        start(0, 2, set("key_a", "0", 1), set("key_b", "1", 2));
        AppliedDelta applied = node.apply(delta("n1", 0, 2, set("key_a", "2", 3), set("key_c", "3", 4)), 0);
        assertThat(applied)
                .isEqualTo(new AppliedDelta(
                        DeltaVerdict.APPLY,
                        false,
                        List.of(
                                new KeyChange("key_a", "2", 3, KeyChange.Kind.SET),
                                new KeyChange("key_c", "3", 4, KeyChange.Kind.SET)),
                        2));
        assertVersions(0, 4);
        assertThat(node.visibleKeys()).isEqualTo(3);
    }

    @Test
    @DisplayName("T22 the same value with a greater version raises the version")
    void sameValueRaisesTheVersion() {
        start(0, 1, set("key", "v", 1));
        apply(delta("n1", 0, 1, set("key", "v", 2)));
        assertThat(stored(node, "key").version()).isEqualTo(2);
    }

    @Test
    @DisplayName("T23 a delta from version 6 onto max version 5 changes nothing")
    void deltaFromTheFuture() {
        start(0, 5, set("key", "v", 5));
        assertThat(apply(delta("n1", 0, 6, set("key", "w", 7)))).isEqualTo(DeltaVerdict.REJECT_FROM_FUTURE);
        assertVersions(0, 5);
        assertThat(node.value("key")).contains("v");
    }

    @Test
    @DisplayName("T24 a peer that followed the history needs no reset when more was collected elsewhere")
    void collectedElsewhere() {
        start(18, 31, set("key", "v", 31));
        assertThat(apply(delta("n1", 30, 31, set("new", "w", 32)))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(18, 32);
        assertThat(node.value("key")).contains("v");
    }

    @Test
    @DisplayName("T25 a peer that missed a collection forgets its keys")
    void missedCollection() {
        start(0, 17, set("old", "v", 17));
        assertThat(apply(delta("n1", 30, 0, set("new", "w", 32)))).isEqualTo(DeltaVerdict.APPLY_AFTER_RESET);
        assertVersions(30, 32);
        assertThat(node.snapshot().entries()).containsExactly(set("new", "w", 32));
    }

    @Test
    @DisplayName("T26 a delta of an older history is ignored completely")
    void olderHistory() {
        start(0, 32, set("key", "v", 32));
        assertThat(apply(delta("n1", 17, 0, set("other", "w", 30)))).isEqualTo(DeltaVerdict.REJECT_ALREADY_KNOWN);
        assertVersions(0, 32);
        assertThat(node.visibleKeys()).isEqualTo(1);
    }

    @Test
    @DisplayName("T27 a reset that was cut by the budget is applied though max version falls behind last GC version")
    void resetThatWasCut() {
        start(50, 70, set("old", "v", 70));
        assertThat(apply(delta("n1", 120, 0, set("key", "w", 80)))).isEqualTo(DeltaVerdict.APPLY_AFTER_RESET);
        assertVersions(120, 80);
        assertThat(node.snapshot().entries()).containsExactly(set("key", "w", 80));
        assertThat(apply(delta("n1", 120, 80, set("rest", "x", 130)))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(120, 130);
    }

    @Test
    @DisplayName("T28 a last GC version equal to our max version is no reason for a reset")
    void equalToMaxVersion() {
        start(50, 70, set("key", "v", 70));
        assertThat(apply(delta("n1", 70, 70, set("new", "w", 100)))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(50, 100);
        assertThat(node.visibleKeys()).isEqualTo(2);
    }

    @Test
    @DisplayName("T29 a delta from nothing that knows less than we do loses us nothing")
    void knowsLess() {
        start(0, 20, set("key", "v", 20));
        assertThat(apply(delta("n1", 20, 0, set("other", "w", 18)))).isEqualTo(DeltaVerdict.REJECT_ALREADY_KNOWN);
        assertVersions(0, 20);
        assertThat(node.value("key")).contains("v");
    }

    @Test
    @DisplayName("W19 a node delta with nothing behind it does not empty the state")
    void bareDelta() {
        start(0, 5, set("key", "v", 5));
        assertThat(apply(delta("n1", 9, 0))).isEqualTo(DeltaVerdict.REJECT_BARE);
        assertVersions(0, 5);
        assertThat(node.value("key")).contains("v");
    }

    @Test
    @DisplayName("W20 a reset keeps the heartbeat")
    void resetKeepsTheHeartbeat() {
        node.heartbeat(77);
        apply(delta("n1", 9, 0, set("key", "v", 10)));
        assertThat(node.heartbeat()).isEqualTo(77);
    }

    @Test
    @DisplayName("W6 equal versions and keys that occur twice leave a sound state")
    void equalVersions() {
        apply(delta("n1", 0, 0, set("a", "1", 3), set("b", "2", 3), set("a", "late", 2), set("c", "3", 4)));
        assertThat(node.snapshot().entries()).containsExactly(set("a", "1", 3), set("b", "2", 3), set("c", "3", 4));
        assertThat(node.countNewerThan(2)).isEqualTo(3);
        assertThat(node.countNewerThan(3)).isEqualTo(1);
        assertThat(node.gcKeysMarkedForDeletion(0, 0)).isEmpty();
    }

    @Test
    void setMaxVersionAloneMovesOnlyMaxVersion() {
        start(0, 5, set("key", "v", 5));
        assertThat(apply(delta("n1", 5, 5, 8))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(0, 8);
        assertThat(node.value("key")).contains("v");
    }

    @Test
    void aTombstoneHasNoValueWhateverWasSentWithIt() {
        AppliedDelta applied =
                node.apply(delta("n1", 0, 0, new KeyMutation("key", "ghost", 1, EntryStatus.TOMBSTONE)), 3);
        assertThat(applied.changes()).containsExactly(new KeyChange("key", "", 1, KeyChange.Kind.DELETED));
        assertThat(node.get("key")).isEqualTo(new VersionedValue("", 1, EntryStatus.TOMBSTONE, 3));
        assertThat(node.stateBytes()).isEqualTo(3);
    }

    @Test
    void aKeyDeletedBeforeAResetDoesNotComeBackFromOneWhoMissedItsDeletion() {
        // "gone" was set at 7, deleted at 8 and collected; the reset brought only "kept".
        start(0, 7, set("kept", "1", 6), set("gone", "x", 7));
        assertThat(apply(delta("n1", 8, 0, set("kept", "1", 6)))).isEqualTo(DeltaVerdict.APPLY_AFTER_RESET);
        assertThat(apply(delta("n1", 0, 6, set("gone", "x", 7)))).isEqualTo(DeltaVerdict.REJECT_MISSED_DELETIONS);
        assertThat(apply(delta("n1", 8, 6, 8))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(8, 8);
        assertThat(node.value("gone")).isEmpty();
    }

    @Test
    void aResetGoesOnFromOneWhoHasTheTombstonesStill() {
        start(0, 7, set("kept", "1", 6), set("gone", "x", 7));
        assertThat(apply(delta("n1", 8, 0, set("kept", "1", 6)))).isEqualTo(DeltaVerdict.APPLY_AFTER_RESET);
        assertThat(apply(delta("n1", 0, 6, tombstone("gone", 8), set("new", "y", 9))))
                .isEqualTo(DeltaVerdict.APPLY);
        assertVersions(8, 9);
        assertThat(node.snapshot().entries()).containsExactly(set("kept", "1", 6), set("new", "y", 9));
    }

    @Test
    void versionsAreUnsigned() {
        start(0, 5, set("key", "v", 5));
        assertThat(apply(delta("n1", 0, 5, set("key", "w", -2)))).isEqualTo(DeltaVerdict.APPLY);
        assertVersions(0, -2);
        assertThat(apply(delta("n1", 0, 0, set("key", "x", 6)))).isEqualTo(DeltaVerdict.REJECT_ALREADY_KNOWN);
        assertThat(apply(delta("n1", 0, -1, set("key", "x", -1)))).isEqualTo(DeltaVerdict.REJECT_FROM_FUTURE);
        assertThat(apply(delta("n1", -1, 0, set("key", "x", 7)))).isEqualTo(DeltaVerdict.APPLY_AFTER_RESET);
        assertVersions(-1, 7);
    }
}
