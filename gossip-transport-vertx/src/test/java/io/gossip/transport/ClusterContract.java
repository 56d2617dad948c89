/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What members of a cluster see of one another, over any transport. */
abstract class ClusterContract {
    @SuppressWarnings("NullAway.Init")
    private NodeFixture fixture;

    abstract NodeFixture fixture();

    @BeforeEach
    void open() {
        fixture = fixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void threeMembersFindOneAnotherThroughOneSeedNode() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        GossipNode c = fixture.start("c", a);
        fixture.untilAllSeeAll(a, b, c);
        assertThat(Waiting.get(c.liveNodes())).containsExactly(a.self(), b.self(), c.self());
        assertThat(Waiting.get(c.deadNodes())).isEmpty();
        fixture.untilReads(c, b.self(), "name", Optional.of("b"));
    }

    @Test
    void writesAndDeletionsSpread() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        Waiting.get(b.withState(state -> state.set("color", "red")));
        fixture.untilReads(a, b.self(), "color", Optional.of("red"));
        Waiting.get(b.withState(state -> state.delete("color")));
        fixture.untilReads(a, b.self(), "color", Optional.empty());
    }

    @Test
    void closingTellsTheOthersBeforeTheDetectorCould() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        List<ClusterEvent> events = NodeFixture.events(a);
        Waiting.get(b.close());
        fixture.untilSees(a, b.self(), MemberState.LEFT);
        assertThat(events).contains(new ClusterEvent.MemberLeft(b.self()));
        assertThat(b.termination().succeeded()).isTrue();
    }

    @Test
    void leavingTellsTheOthersAndGoesOn() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        Waiting.get(b.leave());
        fixture.untilSees(a, b.self(), MemberState.LEFT);
        assertThat(b.termination().isComplete()).isFalse();
    }

    @Test
    void abortingIsSilentUntilTheDetectorNotices() {
        GossipNode a = fixture.start(fixture.hastyOptions("a"));
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        List<ClusterEvent> events = NodeFixture.events(a);
        Waiting.get(b.abort());
        fixture.untilSees(a, b.self(), MemberState.DEAD);
        assertThat(events)
                .contains(new ClusterEvent.MemberDead(b.self()))
                .doesNotContain(new ClusterEvent.MemberLeft(b.self()));
    }

    @Test
    void anotherClusterStaysOut() {
        GossipNode a = fixture.start("a");
        CountDownLatch noticed = new CountDownLatch(1);
        a.noticeHandler(notice -> noticed.countDown());
        GossipNode stranger = fixture.start(fixture.options("stranger", a).setClusterId("elsewhere"));
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        Waiting.until(fixture.vertx, () -> Future.succeededFuture(noticed.getCount() == 0));
        Waiting.until(fixture.vertx, () -> stranger.stats().map(stats -> stats.badClusters() > 2));
        assertThat(Waiting.get(stranger.liveNodes())).containsExactly(stranger.self());
        assertThat(Waiting.get(a.snapshot()).members()).hasSize(2);
    }

    @Test
    void aRestartOnTheSamePortAtOnceTakesThePlaceOver() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        fixture.untilAllSeeAll(a, b);
        Waiting.get(b.close());
        GossipNode again = fixture.start(
                fixture.options("b", a).setListenAddress(b.listenAddress().toString()));
        assertThat(again.self().generation()).isGreaterThanOrEqualTo(b.self().generation());
        fixture.untilSees(a, again.self(), MemberState.LIVE);
    }

    @Test
    void aHandshakeCanBeAskedFor() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b");
        Waiting.get(b.gossip(a.listenAddress()));
        fixture.untilAllSeeAll(a, b);
    }

    @Test
    void anObserverMissesNothingBetweenSnapshotAndChanges() {
        GossipNode a = fixture.start("a");
        List<ClusterSnapshot> first = new CopyOnWriteArrayList<>();
        List<ClusterEvent> later = new CopyOnWriteArrayList<>();
        List<Future<?>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String key = "k" + i;
            writes.add(a.withState(state -> state.set(key, "v")));
            if (i == 25) {
                writes.add(a.observe(first::add, later::addAll));
            }
        }
        writes.forEach(Waiting::get);
        assertThat(first).hasSize(1);
        List<String> before = first.get(0).members().get(0).node().entries().stream()
                .map(entry -> entry.key())
                .toList();
        List<String> after = later.stream()
                .map(ClusterEvent.KeysChanged.class::cast)
                .flatMap(event -> event.changes().stream())
                .map(change -> change.key())
                .toList();
        assertThat(before).hasSize(27).doesNotContainAnyElementsOf(after);
        assertThat(after).hasSize(24);
    }

    @Test
    void keyListenersHearOfRemoteAndLocalKeysUntilTheyCancel() {
        GossipNode a = fixture.start("a");
        GossipNode b = fixture.start("b", a);
        List<String> heard = new CopyOnWriteArrayList<>();
        Subscription subscription = Waiting.get(
                a.subscribe("x:", (key, value, owner) -> heard.add(owner.nodeId() + " " + key + "=" + value)));
        Waiting.get(a.withState(state -> state.set("x:1", "mine")));
        Waiting.get(b.withState(state -> state.set("x:2", "yours")));
        Waiting.get(b.withState(state -> state.set("y:2", "unheard")));
        fixture.untilReads(a, b.self(), "y:2", Optional.of("unheard"));
        assertThat(heard).containsExactly("a 1=mine", "b 2=yours");
        Waiting.get(subscription.cancel());
        Waiting.get(a.withState(state -> state.set("x:3", "late")));
        assertThat(heard).hasSize(2);
    }

    @Test
    void liveNodesAreHandedOutAtOnceAndOnChange() {
        GossipNode a = fixture.start("a");
        List<List<NodeIdentity>> published = new CopyOnWriteArrayList<>();
        Waiting.until(fixture.vertx, () -> a.stats().map(stats -> stats.rounds() > 1));
        a.liveNodesHandler(nodes ->
                published.add(nodes.stream().map(node -> node.identity()).toList()));
        Waiting.until(fixture.vertx, () -> Future.succeededFuture(!published.isEmpty()));
        assertThat(published).containsExactly(List.of(a.self()));
        GossipNode b = fixture.start("b", a);
        Waiting.until(fixture.vertx, () -> Future.succeededFuture(published.contains(List.of(a.self(), b.self()))));
    }
}
