/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.simulator.scenario.Action;
import io.gossip.simulator.scenario.MemberSet;
import io.gossip.simulator.scenario.NetworkSettings;
import io.gossip.simulator.scenario.NetworkSettings.Latency;
import io.gossip.simulator.scenario.NetworkSettings.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides which datagrams arrive, when, and how often. */
final class SimulatedNetwork {
    private record Link(BitSet from, BitSet to, double loss) {}

    private final SimulatedMember[] members;
    private final RandomGenerator random;
    private final List<Link> links = new ArrayList<>();
    private NetworkSettings settings;
    private int @Nullable [] groups;

    /** Members by number; index 0 is the outsider. */
    SimulatedNetwork(SimulatedMember[] members, NetworkSettings settings, RandomGenerator random) {
        this.members = members;
        this.settings = settings;
        this.random = random;
    }

    void change(NetworkSettings.Change change) {
        settings = settings.with(change);
    }

    void partition(Action.Partition partition) {
        int[] groupOf = new int[members.length];
        int group = 0;
        for (MemberSet set : partition.groups()) {
            group++;
            for (int number : set.numbers()) {
                groupOf[number] = group;
            }
        }
        groups = groupOf;
    }

    void link(Action.Link link) {
        links.add(new Link(bits(link.from()), bits(link.to()), link.loss()));
    }

    void heal() {
        groups = null;
        links.clear();
    }

    private static BitSet bits(MemberSet set) {
        BitSet bits = new BitSet();
        for (int number : set.numbers()) {
            bits.set(number);
        }
        return bits;
    }

    /** Whether anything can get from one member to another at all. */
    boolean connects(int from, int to) {
        int[] groupOf = groups;
        return groupOf == null || from == 0 || to == 0 || groupOf[from] == groupOf[to];
    }

    /** {@return how often a datagram arrives: 0, 1 or 2} */
    int copies(int from, int to, int bytes) {
        if (bytes > settings.datagramLimit() || !connects(from, to) || isLost(to)) {
            return 0;
        }
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            if (link.from().get(from) && link.to().get(to) && random.nextDouble() < link.loss()) {
                return 0;
            }
        }
        return settings.duplicate() > 0 && random.nextDouble() < settings.duplicate() ? 2 : 1;
    }

    private boolean isLost(int to) {
        Loss loss = settings.loss();
        if (loss instanceof Loss.Uniform uniform) {
            return uniform.share() > 0 && random.nextDouble() < uniform.share();
        } else if (loss instanceof Loss.Burst burst) {
            SimulatedMember receiver = members[to];
            double turn = receiver.inBurst ? burst.leave() : burst.enter();
            if (random.nextDouble() < turn) {
                receiver.inBurst = !receiver.inBurst;
            }
            return receiver.inBurst && random.nextDouble() < burst.within();
        }
        throw new AssertionError("unhandled loss: " + loss);
    }

    /** {@return how long one copy takes, ns} */
    long delayNanos() {
        long delay = latencyNanos();
        if (settings.reorder() > 0 && random.nextDouble() < settings.reorder()) {
            delay += (long) (random.nextDouble() * settings.reorderDelay().toNanos());
        }
        return delay;
    }

    private long latencyNanos() {
        Latency latency = settings.latency();
        if (latency instanceof Latency.Constant constant) {
            return constant.delay().toNanos();
        } else if (latency instanceof Latency.Uniform uniform) {
            long least = uniform.least().toNanos();
            return least + (long) (random.nextDouble() * (uniform.most().toNanos() - least));
        } else if (latency instanceof Latency.LogNormal log) {
            double factor = StrictMath.exp(log.sigma() * random.nextGaussian());
            return (long) Math.min(60e9, log.median().toNanos() * factor);
        }
        throw new AssertionError("unhandled latency: " + latency);
    }
}
