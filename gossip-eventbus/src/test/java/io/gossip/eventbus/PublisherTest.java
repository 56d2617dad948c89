/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.Samples.A;
import static io.gossip.eventbus.Samples.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterEvent.KeysChanged;
import io.gossip.core.event.ClusterEvent.MemberAlive;
import io.gossip.core.event.ClusterEvent.MemberDead;
import io.gossip.core.event.ClusterEvent.MemberJoined;
import io.gossip.core.event.ClusterEvent.MemberLeft;
import io.gossip.core.event.ClusterEvent.MemberRemoved;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublisherTest {
    private final List<ClusterPublication> published = new ArrayList<>();
    private final Publisher publisher = new Publisher("c", published::add);

    @Test
    void announcesTheNodeItselfAndItsInitialKeysInVersionOrder() {
        announce();

        assertThat(published)
                .containsExactly(
                        members(1, List.of(A), List.of(A), List.of(), List.of(), List.of(), List.of(A)),
                        new KeysPublication(
                                2, "c", A, true, 2, 0, List.of(Samples.set("z", "1", 1), Samples.set("a", "2", 2))));
        assertThat(publisher.sequence()).isEqualTo(2);
    }

    @Test
    void keepsSilentUntilItHasAnnouncedTheNode() {
        publisher.publish(List.of(new MemberJoined(B)));
        assertThat(published).isEmpty();
        assertThat(publisher.sequence()).isZero();
    }

    @Test
    void mergesConsecutiveMemberEventsAndPublishesEachChangeOfKeysByItself() {
        step(
                new MemberJoined(B),
                new MemberAlive(B),
                new KeysChanged(B, false, 5, 1, List.of(Samples.set("k", "v", 5))),
                new KeysChanged(A, false, 3, 0, List.of()),
                new MemberLeft(B));

        assertThat(published)
                .containsExactly(
                        members(3, List.of(B), List.of(B), List.of(), List.of(), List.of(), List.of(A, B)),
                        new KeysPublication(4, "c", B, false, 5, 1, List.of(Samples.set("k", "v", 5))),
                        new KeysPublication(5, "c", A, false, 3, 0, List.of()),
                        members(6, List.of(), List.of(), List.of(), List.of(B), List.of(), List.of(A)));
    }

    @Test
    void splitsMemberEventsThatTheListsOfOnePublicationWouldTellInAnotherOrder() {
        step(new MemberJoined(B), new MemberAlive(B), new MemberDead(B), new MemberAlive(B), new MemberRemoved(B));

        assertThat(published)
                .containsExactly(
                        members(3, List.of(B), List.of(B), List.of(B), List.of(), List.of(), List.of(A)),
                        members(4, List.of(), List.of(B), List.of(), List.of(), List.of(B), List.of(A)));
    }

    @Test
    void publishesNothingForAStepThatChangedNothing() {
        step();
        assertThat(published).isEmpty();
    }

    private void step(ClusterEvent... events) {
        announce();
        published.clear();
        publisher.publish(List.of(events));
    }

    private void announce() {
        NodeSnapshot node =
                new NodeSnapshot(A, 1, List.of(Samples.entry("a", "2", 2), Samples.entry("z", "1", 1)), 2, 0);
        publisher.announce(new ClusterSnapshot("c", A, List.of(new MemberSnapshot(node, MemberState.LIVE)), List.of()));
    }

    private static MembersPublication members(
            long sequence,
            List<NodeIdentity> joined,
            List<NodeIdentity> alive,
            List<NodeIdentity> dead,
            List<NodeIdentity> left,
            List<NodeIdentity> removed,
            List<NodeIdentity> live) {
        return new MembersPublication(sequence, "c", joined, alive, dead, left, removed, live);
    }
}
