/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.delta;
import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static io.gossip.core.state.StateSamples.tombstone;
import static io.gossip.core.state.StateSamples.ttl;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.state.ClusterState.Collected;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Collecting tombstones and limited values (semantics §3, W26). */
class CollectionTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - SECOND; // monotonic time may wrap

    private final ClusterState cluster = new ClusterState();
    private final NodeState own = cluster.create(identity("own"));
    private final NodeState other = cluster.create(identity("other"));

    private List<Collected> collect(long seconds) {
        return cluster.collectExpired(START + seconds * SECOND, 10 * SECOND, own, 60 * SECOND);
    }

    @Test
    @DisplayName("T13 a tombstone goes when its grace period is over, not before; live keys stay")
    void tombstoneGoesAfterGrace() {
        NodeState node = new NodeState(identity("node"));
        node.set("a", "1", START);
        node.set("b", "2", START);
        node.delete("a", START);
        assertThat(node.gcKeysMarkedForDeletion(10 * SECOND, START + 5 * SECOND))
                .isEmpty();
        assertThat(node.get("a")).isNotNull();
        assertThat(node.gcKeysMarkedForDeletion(10 * SECOND, START + 10 * SECOND))
                .containsExactly(new KeyChange("a", "", 3, KeyChange.Kind.EXPIRED));
        assertThat(node.get("a")).isNull();
        assertThat(node.value("b")).contains("2");
        assertThat(node.lastGcVersion()).isEqualTo(3);
    }

    @Test
    void followsTheWorkedExample() {
        filled(own, 0, 5, set("a", "", 1), tombstone("b", 4), set("c", "", 3), set("d", "", 5));
        assertThat(cluster.collectExpired(9, 10, own, 60)).isEmpty();
        assertThat(cluster.collectExpired(10, 10, own, 60))
                .containsExactly(new Collected(own, List.of(new KeyChange("b", "", 4, KeyChange.Kind.EXPIRED))));
        assertThat(own.snapshot())
                .isEqualTo(new NodeSnapshot(
                        own.identity(), 0, List.of(set("a", "", 1), set("c", "", 3), set("d", "", 5)), 5, 4));
    }

    @Test
    void limitedValuesGoWithTheirValueAndOverwrittenOnesStay() {
        other.apply(delta("other", 0, 0, ttl("t", "x", 1), ttl("u", "y", 2)), START);
        other.apply(delta("other", 0, 2, set("u", "z", 3)), START + SECOND);
        assertThat(collect(10))
                .containsExactly(new Collected(other, List.of(new KeyChange("t", "x", 1, KeyChange.Kind.EXPIRED))));
        assertThat(other.lastGcVersion()).isEqualTo(1);
        assertThat(other.value("u")).contains("z");
        assertThat(collect(1000)).isEmpty();
    }

    @Test
    void whatIsDroppedIsReportedInVersionOrder() {
        filled(other, 0, 9, tombstone("b", 9), tombstone("c", 3), tombstone("a", 5));
        assertThat(cluster.collectExpired(10, 10, own, 60))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.changes()).extracting(KeyChange::version).containsExactly(3L, 5L, 9L));
        assertThat(other.lastGcVersion()).isEqualTo(9);
    }

    @Test
    @DisplayName("W26 the own state is collected at most once per interval, the others at once")
    void ownStateIsCollectedNowAndThen() {
        own.setWithTtl("first", "", START);
        assertThat(collect(10)).hasSize(1);
        own.setWithTtl("second", "", START + 11 * SECOND);
        own.setWithTtl("third", "", START + 12 * SECOND);
        other.apply(delta("other", 0, 0, tombstone("x", 1)), START + 11 * SECOND);
        assertThat(collect(25)).extracting(Collected::node).containsExactly(other);
        assertThat(collect(69)).isEmpty();
        own.setWithTtl("third", "again", START + 69 * SECOND); // was held back already
        own.setWithTtl("fourth", "", START + 69 * SECOND);
        assertThat(collect(70))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.changes()).extracting(KeyChange::key).containsExactly("second"));
        assertThat(own.value("third")).contains("again");
        assertThat(collect(129)).isEmpty();
        assertThat(collect(130))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.changes()).extracting(KeyChange::key).containsExactly("third", "fourth"));
    }

    @Test
    void anIntervalInWhichNothingWasDroppedDelaysNothing() {
        own.setWithTtl("a", "", START);
        assertThat(collect(9)).isEmpty();
        assertThat(collect(10)).hasSize(1);
    }

    @Test
    void aRemovedNodeStateIsNotCollectedAnyMore() {
        other.apply(delta("other", 0, 0, tombstone("x", 1), ttl("y", "", 2)), START);
        cluster.remove(other.identity());
        other.apply(delta("other", 0, 2, tombstone("z", 3)), START);
        assertThat(collect(1000)).isEmpty();
    }

    @Test
    void aResetTakesWhatWaitedOutOfTheQueue() {
        other.apply(delta("other", 0, 0, tombstone("x", 1)), START);
        other.apply(delta("other", 5, 0, set("x", "v", 6)), START);
        assertThat(collect(1000)).isEmpty();
        assertThat(other.lastGcVersion()).isEqualTo(5);
    }

    @Test
    void aKeyThatIsToggledForEverWaitsOnlyOnce() {
        Surroundings surroundings = Surroundings.ofOne();
        ExpiryQueue queue = surroundings.expiry();
        NodeState node = new NodeState(identity("node"), 0, surroundings);
        for (int i = 0; i < 1_000; i++) {
            node.set("k", "on", i);
            node.delete("k", i);
        }
        assertThat(queue.first()).isNotNull();
        assertThat(queue.first().later()).isNull();
        node.set("k", "on", 1_000);
        assertThat(queue.first()).isNull();
    }

    @Test
    void theQueueStaysSortedWhenAClockRunsBackwards() {
        other.apply(delta("other", 0, 0, tombstone("late", 1)), START + 5 * SECOND);
        other.apply(delta("other", 0, 1, tombstone("early", 2)), START);
        assertThat(collect(10))
                .singleElement()
                .satisfies(it ->
                        assertThat(it.changes()).extracting(KeyChange::key).containsExactly("early"));
    }
}
