/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeStates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DigestSelectionTest {
    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(1);
    private final GossipConfig config = GossipConfig.builder(identity(0), "test")
            .deadNodeGrace(Duration.ofHours(1))
            .build();
    private final Members members = new Members(config, new Effects(new Counters()));
    private final DigestSelection selection = new DigestSelection(members, random);

    @Test
    void aSynAsksAboutThoseWhoWereSilentLongest() {
        for (int i = 1; i <= 8; i++) {
            live(i, i * SECOND);
        }
        members.admit(identity(9), Member.Origin.PROVEN, 0, 0); // never heard
        assertThat(ranked(0, false, 10 * SECOND)).containsExactly(9, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void anAnswerTellsOfThoseAskedAboutAndThenTheLatestNews() {
        for (int i = 1; i <= 7; i++) {
            live(i, i * SECOND);
        }
        members.index.digestBegins();
        for (int mentioned : new int[] {2, 5, 7}) {
            members.index.mention(member(mentioned).slot());
        }
        assertThat(ranked(0, true, 7 * SECOND)).as("7 is news of the peer").containsExactly(5, 2, 6, 4, 3, 1, 7);
    }

    @Test
    void whatThePeerJustToldIsNewsAfterAStallOfOurs() {
        for (int round : new int[] {0, 1, 2, 60, 61}) {
            members.hearing.roundBegan(round * SECOND, 5);
        }
        long listenedNanos = members.hearing.listenedNanos(61 * SECOND);
        assertThat(listenedNanos).as("the stall does not count").isLessThan(10 * SECOND);
        live(1, listenedNanos);
        live(2, listenedNanos - SECOND);
        members.index.digestBegins();
        members.index.mention(member(1).slot());
        members.index.mention(member(2).slot());
        assertThat(ranked(0, true, 61 * SECOND)).containsExactly(2, 1);
    }

    @Test
    void theDeadComeLastTheLatestFirst() {
        live(1, SECOND);
        live(2, 2 * SECOND);
        for (int i = 3; i <= 5; i++) {
            live(i, SECOND);
            members.becomeDead(member(i), i * SECOND);
        }
        assertThat(ranked(0, false, 10 * SECOND)).containsExactly(1, 2, 5, 4, 3);
        members.index.digestBegins();
        assertThat(ranked(0, true, 10 * SECOND)).containsExactly(2, 1, 5, 4, 3);
        members.index.mention(member(4).slot());
        assertThat(ranked(0, true, 10 * SECOND)).as("asked about").startsWith(4);
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void everyoneHasATurn(long randomSeed) {
        random.setSeed(randomSeed);
        for (int i = 1; i <= 50; i++) {
            live(i, i * SECOND);
        }
        TreeSet<Integer> named = new TreeSet<>();
        Map<Integer, Integer> howOften = new HashMap<>();
        for (int digest = 0; digest < 4_000; digest++) {
            for (int member : ranked(10, true, 60 * SECOND).subList(0, 10)) {
                named.add(member);
                howOften.merge(member, 1, Integer::sum);
            }
        }
        assertThat(named).hasSize(50);
        assertThat(howOften.get(50)).isGreaterThan(3_800);
    }

    @Test
    void thoseNamedStandInTheirOrderWithOurselves() {
        for (int i = 1; i <= 4; i++) {
            live(i, i * SECOND);
        }
        selection.rank(members.cluster.inOrder(), 0, false, 10 * SECOND);
        assertThat(selection.first(2)).containsExactly(0, 1, 2);
        assertThat(selection.first(0)).containsExactly(0);
    }

    private List<Integer> ranked(int places, boolean answering, long nowNanos) {
        NodeStates nodes = members.cluster.inOrder();
        selection.rank(nodes, places, answering, nowNanos);
        List<Integer> order = new ArrayList<>();
        for (int place = 0; place < selection.size(); place++) {
            order.add((int) nodes.get(selection.position(place)).identity().generation());
        }
        return order;
    }

    private void live(int number, long heardNanos) {
        Member member = members.admit(identity(number), Member.Origin.PROVEN, 0, 0);
        members.detector.signOfLife(member.slot(), heardNanos);
        members.becomeLive(member, heardNanos);
    }

    private Member member(int number) {
        Member member = members.find(identity(number));
        assertThat(member).isNotNull();
        return member;
    }

    private static NodeIdentity identity(int number) {
        return new NodeIdentity(
                "node-%03d".formatted(number), number, GossipAddress.parse("127.0.0.1:" + (1_000 + number)));
    }
}
