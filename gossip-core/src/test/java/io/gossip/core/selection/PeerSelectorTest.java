/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gossip.core.identity.GossipAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PeerSelectorTest {
    private static final int ROUNDS = 20_000;
    private static final Offset<Double> GENEROUS = within(0.02);
    private static final List<GossipAddress> NOBODY = List.of();

    private final PeerSelector selector = new PeerSelector();
    private final Random random = new Random(7);

    @Test
    void picksOnlyASeedAtTheStart() {
        List<GossipAddress> seeds = addresses(1, 2);
        Map<GossipAddress, Integer> picked = new HashMap<>();
        for (int i = 0; i < ROUNDS; i++) {
            PeerSelection selection = select(NOBODY, NOBODY, NOBODY, seeds);
            assertThat(selection.live()).isEmpty();
            assertThat(selection.dead()).isNull();
            picked.merge(selection.seed(), 1, Integer::sum);
        }
        assertThat(picked.keySet()).containsExactlyInAnyOrderElementsOf(seeds);
        assertThat(share(picked.get(seeds.get(0)))).isCloseTo(0.5, GENEROUS);
    }

    @Test
    void picksThreeOfNineLiveOnesEachAsOften() {
        Map<GossipAddress, Integer> picked = new HashMap<>();
        List<GossipAddress> live = addresses(1, 9);
        for (int i = 0; i < ROUNDS; i++) {
            List<GossipAddress> chosen = select(live, live, NOBODY, NOBODY).live();
            assertThat(chosen).hasSize(3).doesNotHaveDuplicates();
            chosen.forEach(address -> picked.merge(address, 1, Integer::sum));
        }
        assertThat(picked).hasSize(9);
        assertThat(picked.values()).allSatisfy(count -> assertThat(share(count)).isCloseTo(1 / 3.0, GENEROUS));
    }

    @Test
    void picksEachPairOfFourAsOften() {
        Map<List<GossipAddress>, Integer> picked = new HashMap<>();
        List<GossipAddress> live = addresses(1, 4);
        for (int i = 0; i < ROUNDS; i++) {
            var chosen = selector.select(new Peers(live, live, NOBODY, NOBODY), 2, random)
                    .live();
            picked.merge(chosen.stream().sorted().toList(), 1, Integer::sum);
        }
        assertThat(picked).hasSize(6);
        assertThat(picked.values()).allSatisfy(count -> assertThat(share(count)).isCloseTo(1 / 6.0, GENEROUS));
    }

    @Test
    void triesADeadOneInTenRoundsAndASeedInThirtyPercentIfNoneIsChosen() {
        List<GossipAddress> live = addresses(1, 9);
        List<GossipAddress> dead = addresses(20, 20);
        int deads = 0;
        int seeds = 0;
        for (int i = 0; i < ROUNDS; i++) {
            PeerSelection selection = select(join(live, dead), live, dead, addresses(30, 32));
            deads += selection.dead() == null ? 0 : 1;
            seeds += selection.seed() == null ? 0 : 1;
        }
        assertThat(share(deads)).isCloseTo(0.1, GENEROUS);
        assertThat(share(seeds)).isCloseTo(0.3, GENEROUS);
    }

    @Test
    void picksNoSeedWhenOneIsAmongTheChosenAndThereAreAsManyLiveOnes() {
        List<GossipAddress> live = addresses(1, 9);
        List<GossipAddress> seeds = addresses(7, 9);
        int withoutSeedAmongThem = 0;
        int seedPicks = 0;
        for (int i = 0; i < ROUNDS; i++) {
            PeerSelection selection = select(live, live, addresses(20, 20), seeds);
            if (Collections.disjoint(selection.live(), seeds)) {
                withoutSeedAmongThem++;
                seedPicks += selection.seed() == null ? 0 : 1;
            } else {
                assertThat(selection.seed()).isNull();
            }
        }
        assertThat((double) seedPicks / withoutSeedAmongThem).isCloseTo(0.3, within(0.03));
    }

    @Test
    void alwaysPicksASeedWhenFewerLiveOnesThanSeeds() {
        List<GossipAddress> live = addresses(1, 2);
        for (int i = 0; i < 1_000; i++) {
            PeerSelection selection = select(live, live, NOBODY, addresses(2, 4));
            assertThat(selection.live()).containsExactlyInAnyOrderElementsOf(live);
            assertThat(selection.dead()).isNull();
            assertThat(selection.seed()).isIn(addresses(2, 4));
        }
    }

    @Test
    void fallsBackToKnownOnesWhenNobodyIsLive() {
        List<GossipAddress> known = addresses(1, 4);
        for (int i = 0; i < 1_000; i++) {
            PeerSelection selection = select(known, NOBODY, known, NOBODY);
            assertThat(selection.live()).hasSize(3).doesNotHaveDuplicates().isSubsetOf(known);
            assertThat(selection.dead()).isIn(known);
            assertThat(selection.seed()).isNull();
            assertThat(select(known, NOBODY, known, addresses(9, 9)).seed()).isNotNull();
        }
    }

    @Test
    void picksNobodyWhenThereIsNobody() {
        assertThat(select(NOBODY, NOBODY, NOBODY, NOBODY)).isEqualTo(new PeerSelection(NOBODY, null, null));
    }

    @Test
    void computesTheProbabilitiesOfTheSemantics() {
        assertThat(PeerSelector.deadProbability(0, 0)).isZero();
        assertThat(PeerSelector.deadProbability(3, 8)).isEqualTo(1);
        assertThat(PeerSelector.deadProbability(3, 1)).isEqualTo(0.25);
        assertThat(PeerSelector.seedProbability(0, 50, 1)).isEqualTo(1);
        assertThat(PeerSelector.seedProbability(0, 0, 0)).isZero();
        assertThat(PeerSelector.seedProbability(2, 6, 4)).isEqualTo(0.5);
        assertThat(PeerSelector.seedProbability(2, 0, 4)).isEqualTo(1);
    }

    private PeerSelection select(
            List<GossipAddress> known, List<GossipAddress> live, List<GossipAddress> dead, List<GossipAddress> seeds) {
        return selector.select(new Peers(known, live, dead, seeds), 3, random);
    }

    private static double share(int count) {
        return (double) count / ROUNDS;
    }

    private static List<GossipAddress> join(List<GossipAddress> first, List<GossipAddress> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<GossipAddress> addresses(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> GossipAddress.parse("10.0.0." + i + ":7000"))
                .toList();
    }
}
