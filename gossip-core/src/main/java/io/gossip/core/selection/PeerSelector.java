/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.selection;

import io.gossip.core.identity.GossipAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the targets of a round: some live members, sometimes a dead one in case it came back, sometimes a seed node
 * so that parts of a cluster that lost each other meet again.
 *
 * <p>Costs O(fanout), however many members there are.
 *
 * <p><b>Threads:</b> stateless.
 *
 * <p><b>Source:</b> semantics §10; the probabilities are Cassandra's.
 */
public final class PeerSelector {
    /** A selector. */
    public PeerSelector() {}

    /**
     * Chooses the targets of one round.
     *
     * @param peers who could be chosen
     * @param fanout how many live members at most, at least 0
     * @param random the source of chance
     * @return the targets
     */
    public PeerSelection select(Peers peers, int fanout, RandomGenerator random) {
        List<GossipAddress> candidates = peers.live().isEmpty() ? peers.known() : peers.live();
        List<GossipAddress> chosen = sample(candidates, fanout, random);
        return new PeerSelection(chosen, dead(peers, random), seed(peers, chosen, random));
    }

    private static @Nullable GossipAddress dead(Peers peers, RandomGenerator random) {
        double probability = deadProbability(peers.live().size(), peers.dead().size());
        return random.nextDouble() < probability ? any(peers.dead(), random) : null;
    }

    private static @Nullable GossipAddress seed(Peers peers, List<GossipAddress> chosen, RandomGenerator random) {
        int live = peers.live().size();
        int seeds = peers.seeds().size();
        if (live >= seeds && !Collections.disjoint(chosen, peers.seeds())) {
            return null;
        }
        double probability = seedProbability(live, peers.dead().size(), seeds);
        return random.nextDouble() < probability ? any(peers.seeds(), random) : null;
    }

    /** Chance to try a dead member, 0 to 1: the more of them and the fewer live ones, the greater. */
    static double deadProbability(int live, int dead) {
        return Math.min(1.0, dead / (live + 1.0));
    }

    /** Chance to pick a seed node once the rules allow one, 0 to 1: certain while nobody is live. */
    static double seedProbability(int live, int dead, int seeds) {
        if (seeds == 0) {
            return 0;
        }
        return live == 0 ? 1 : Math.min(1.0, (double) seeds / (live + dead));
    }

    private static GossipAddress any(List<GossipAddress> addresses, RandomGenerator random) {
        return addresses.get(random.nextInt(addresses.size()));
    }

    // Floyd's sampling without replacement (Bentley, Floyd: "A sample of brilliance", CACM 30(9), 1987): each subset
    // is as likely as any other, at the cost of one number per pick. fanout is small, so a scan finds repeats fastest.
    private static List<GossipAddress> sample(List<GossipAddress> from, int atMost, RandomGenerator random) {
        int size = from.size();
        if (size <= atMost) {
            return from;
        }
        int[] picked = new int[atMost];
        List<GossipAddress> sample = new ArrayList<>(atMost);
        for (int i = 0; i < atMost; i++) {
            int last = size - atMost + i;
            int index = random.nextInt(last + 1);
            picked[i] = contains(picked, i, index) ? last : index;
            sample.add(from.get(picked[i]));
        }
        return sample;
    }

    private static boolean contains(int[] numbers, int length, int number) {
        for (int i = 0; i < length; i++) {
            if (numbers[i] == number) {
                return true;
            }
        }
        return false;
    }
}
