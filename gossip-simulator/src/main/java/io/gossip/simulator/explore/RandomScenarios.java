/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import io.gossip.core.wire.ProtocolVersion;
import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.scenario.Action;
import io.gossip.simulator.scenario.Action.Attack;
import io.gossip.simulator.scenario.Expectation;
import io.gossip.simulator.scenario.MemberSet;
import io.gossip.simulator.scenario.NetworkSettings.Change;
import io.gossip.simulator.scenario.NetworkSettings.Latency;
import io.gossip.simulator.scenario.NetworkSettings.Loss;
import io.gossip.simulator.scenario.Scenario;
import io.gossip.simulator.scenario.ScenarioBuilder;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Scenarios by chance: a small cluster, a bad network, some faults and writes, then peace, in which all must agree.
 *
 * <p>Member 1, the seed node, runs at the end, and faults are over before agreement is asked for; so whatever a scenario
 * of this kind breaks is a law.
 */
public final class RandomScenarios {
    private static final int FAULT_MILLIS = 25_000;
    private static final Duration PEACE = Duration.ofSeconds(40);
    private static final Duration LONG_PEACE = Duration.ofSeconds(150);
    private static final int SMALL_DATAGRAM_BYTES = 1_400;
    private static final int SMALL_STATE_BYTES = 3_000;

    private final RandomGenerator random;
    private final int members;
    private final ScenarioBuilder builder;
    private Duration tombstoneGrace = Duration.ZERO;
    private boolean lies;
    private boolean restartsSame;
    private boolean fillsSlowly;

    private RandomScenarios(long randomSeed) {
        this.random = new SplittableRandom(randomSeed);
        this.members = 2 + random.nextInt(random.nextInt(8) == 0 ? 20 : 7);
        this.builder = Scenario.builder("explored-" + Long.toUnsignedString(randomSeed))
                .members(members)
                .randomSeed(randomSeed);
    }

    /**
     * The scenario of a random seed.
     *
     * @param randomSeed any
     * @return always the same for the same random seed
     */
    public static Scenario of(long randomSeed) {
        return new RandomScenarios(randomSeed).scenario();
    }

    private Scenario scenario() {
        settings();
        network();
        int faults = random.nextInt(10);
        for (int i = 0; i < faults; i++) {
            fault(Duration.ofMillis(random.nextInt(FAULT_MILLIS)));
        }
        peace();
        return builder.build();
    }

    private void settings() {
        tombstoneGrace = Duration.ofMillis(pick(500, 3_000, 15_000, 600_000));
        builder.interval(Duration.ofMillis(pick(100, 200, 500)))
                .detector(8, Duration.ofMillis(pick(500, 1_000)))
                .protocol(random.nextBoolean() ? ProtocolVersion.V0 : ProtocolVersion.V1)
                .startEvery(Duration.ofMillis(pick(0, 10, 300)));
        int keys = pick(0, 1, 5, 40);
        int valueBytes = pick(0, 10, 300);
        Duration deadNodeGrace = Duration.ofSeconds(pick(15, 60, 86_400));
        int datagramBytes = pick(SMALL_DATAGRAM_BYTES, 9_000, 65_507);
        builder.initialKeys(keys, valueBytes)
                .grace(tombstoneGrace, deadNodeGrace)
                .limits(datagramBytes, 10_000);
        fillsSlowly = datagramBytes == SMALL_DATAGRAM_BYTES && keys * valueBytes > SMALL_STATE_BYTES;
        if (random.nextInt(4) == 0) {
            builder.seedNodes(MemberSet.range(1, 1 + random.nextInt(Math.min(3, members))));
        }
    }

    private void network() {
        if (random.nextBoolean()) {
            builder.network(new Change.ToLoss(loss()));
        }
        if (random.nextBoolean()) {
            builder.network(new Change.ToLatency(latency()));
        }
        if (random.nextInt(3) == 0) {
            builder.network(new Change.ToDuplicate(random.nextInt(30) / 100.0));
        }
        if (random.nextInt(3) == 0) {
            builder.network(new Change.ToReorder(random.nextInt(50) / 100.0, Duration.ofMillis(random.nextInt(800))));
        }
    }

    private Loss loss() {
        return random.nextBoolean()
                ? new Loss.Uniform(random.nextInt(50) / 100.0)
                : new Loss.Burst(
                        random.nextInt(20) / 100.0, (5 + random.nextInt(60)) / 100.0, random.nextInt(100) / 100.0);
    }

    private Latency latency() {
        Duration some = Duration.ofMillis(random.nextInt(60));
        return switch (random.nextInt(3)) {
            case 0 -> new Latency.Constant(some);
            case 1 -> new Latency.Uniform(some, some.plusMillis(random.nextInt(300)));
            default -> new Latency.LogNormal(some, random.nextInt(20) / 10.0);
        };
    }

    private void fault(Duration at) {
        switch (random.nextInt(18)) {
            case 0, 1, 2 ->
                builder.at(at, new Action.Writes(1 + random.nextInt(20), lasting(at), 1 + random.nextInt(6)));
            case 3 ->
                builder.at(at, new Action.Write(some(), "color", "red" + random.nextInt(5), random.nextBoolean()));
            case 4 -> builder.at(at, new Action.Delete(some(), "key" + (1 + random.nextInt(5))));
            case 5, 6 -> partition(at);
            case 7 -> builder.at(at, new Action.Link(some(), some(), (50 + random.nextInt(51)) / 100.0));
            case 8 -> builder.at(at, new Action.Crash(some()));
            case 9, 10 -> restart(at);
            case 11 -> leave(at);
            case 12 -> builder.at(at, new Action.Pause(some(), lasting(at)));
            case 13 -> clocks(at);
            case 14 -> slow(at);
            case 15 -> builder.at(at, new Action.Forget(some()));
            case 16 -> builder.at(at, new Action.Churn((1 + random.nextInt(10)) / 10.0, lasting(at), MemberSet.of(1)));
            default -> hostile(at);
        }
    }

    private void partition(Duration at) {
        int middle = 1 + random.nextInt(members - 1);
        builder.at(at, new Action.Partition(List.of(MemberSet.range(1, middle), MemberSet.range(middle + 1, members))));
    }

    private void restart(Duration at) {
        boolean same = random.nextInt(3) == 0;
        restartsSame |= same;
        if (same) {
            // Who starts anew with an old generation and overtakes the old versions and heartbeats before any peer
            // shows them cannot know of the old keys, and nobody else can tell them from new ones.
            builder.excuse(LawBook.AGREEMENT_ON_KEYS);
        }
        builder.at(at, new Action.Restart(some(), same));
    }

    private void leave(Duration at) {
        if (members > 2) {
            builder.at(at, new Action.Leave(MemberSet.of(2 + random.nextInt(members - 1))));
        }
    }

    private void clocks(Duration at) {
        switch (random.nextInt(3)) {
            case 0 -> builder.at(at, new Action.Drift(some(), (8 + random.nextInt(5)) / 10.0));
            case 1 -> builder.at(at, new Action.Jump(some(), Duration.ofMillis(random.nextInt(20_000))));
            default -> builder.at(at, new Action.WallJump(some(), Duration.ofSeconds(random.nextInt(7_200) - 3_600)));
        }
    }

    private void slow(Duration at) {
        builder.at(at, new Action.Slow(some(), 5 + random.nextInt(60), 1 + random.nextInt(100)));
        // A peer that lags repeats old heartbeats, and they rise: evidence, though false, that a member lives (ADR 4).
        builder.excuse(LawBook.NO_RESURRECTION_OF_MEMBERS);
    }

    private void hostile(Duration at) {
        List<Attack> attacks = List.of(Attack.values());
        Attack attack = attacks.get(random.nextInt(attacks.size()));
        builder.at(at, new Action.Hostile(attack, 1 + random.nextInt(30), lasting(at)));
        if (attack == Attack.SPOOF || attack == Attack.LIE) {
            // Nothing in the protocol proves who speaks: what is said in a member's name is believed.
            lies = true;
        }
        if (attack != Attack.GARBAGE && attack != Attack.MUTATE) {
            builder.excuse(LawBook.OWN_STATE);
        }
    }

    private void peace() {
        Duration at = Duration.ofMillis(FAULT_MILLIS);
        builder.at(at, new Action.Heal())
                .at(at, new Action.Network(new Change.ToLoss(new Loss.Uniform(0))))
                .at(at, new Action.Network(new Change.ToLatency(new Latency.Constant(Duration.ofMillis(1)))))
                .at(at, new Action.Slow(MemberSet.range(1, members), 0, 0))
                .at(at, new Action.Restart(MemberSet.of(1), false));
        if (lies) {
            // Two who each remember a forged heartbeat of the other do not meet again: see the catalogue.
            builder.grace(tombstoneGrace, Duration.ofHours(24))
                    .excuse(LawBook.NOTHING_OVERLOOKED)
                    .excuse(LawBook.NO_RESURRECTION_OF_KEYS)
                    .excuse(LawBook.AGREEMENT_ON_KEYS);
        }
        // Versions are renumbered once a minute at most, and forged heartbeats take as long to be disbelieved. A small
        // datagram that tells of twenty members and more has room for few entries beside them.
        boolean takesLong = lies || restartsSame || fillsSlowly;
        builder.expect(new Expectation.Converged(takesLong ? LONG_PEACE : PEACE));
    }

    private Duration lasting(Duration at) {
        return Duration.ofMillis(Math.max(1, Math.min(random.nextInt(10_000), FAULT_MILLIS - 1 - at.toMillis())));
    }

    private MemberSet some() {
        int from = 1 + random.nextInt(members);
        return random.nextInt(3) > 0
                ? MemberSet.of(from)
                : MemberSet.range(from, from + random.nextInt(members - from + 1));
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }
}
