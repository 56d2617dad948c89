/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.Effect;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.Input;
import io.gossip.core.engine.Step;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.run.EventCode.Kind;
import io.gossip.simulator.scenario.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The members, the network between them and the time: all that actions act on. */
final class World {
    private static final Input ROUND_DUE = new Input.RoundDue();

    final Scenario scenario;
    final SimulatedMember[] members;
    final SimulatedNetwork network;
    final EventQueue queue = new EventQueue();
    final LawBook laws;
    final Measurements measurements;
    final RandomGenerator random;
    final RecentDatagrams recent = new RecentDatagrams();
    long nowNanos;

    private final Cast cast;
    private final Map<GossipAddress, SimulatedMember> byAddress = new HashMap<>();
    private final long intervalNanos;

    World(Scenario scenario) {
        this.scenario = scenario;
        this.cast = new Cast(scenario);
        this.random = random(1, 0);
        this.members = cast.members(random(2, 0));
        this.network = new SimulatedNetwork(members, scenario.network(), random(3, 0));
        this.intervalNanos = scenario.engine().interval().toNanos();
        int watchEvery = Math.max(1, (scenario.members() + 63) / 64);
        this.laws = new LawBook(
                scenario.members(),
                watchEvery,
                scenario.engine().datagramBytes(),
                scenario.engine().maxMembers(),
                scenario.excused());
        this.measurements = new Measurements(scenario);
        for (SimulatedMember member : members) {
            byAddress.put(member.address, member);
        }
    }

    /** A stream of its own for each purpose, so that a change in one place does not move all the others. */
    RandomGenerator random(int purpose, int detail) {
        long mixed = scenario.randomSeed() * 0x9e3779b97f4a7c15L + purpose * 0xbf58476d1ce4e5b9L + detail;
        return new SplittableRandom(new SplittableRandom(mixed).nextLong());
    }

    void plan(long atNanos, Kind kind, SimulatedMember member, int detail) {
        queue.add(atNanos, EventCode.of(kind, member.number, detail), null);
    }

    void planTask(long atNanos, Runnable task) {
        queue.add(atNanos, EventCode.of(Kind.TASK, 0, 0), task);
    }

    // lives of members

    void start(SimulatedMember member, boolean sameGeneration) {
        stop(member);
        NodeIdentity before = member.identity;
        long generation = before != null && sameGeneration ? before.generation() : member.clock.wallMillis(nowNanos);
        NodeIdentity identity = before != null && before.generation() == generation
                ? before
                : new NodeIdentity(member.nodeId, generation, member.address);
        member.identity = identity;
        member.run++;
        long localNanos = member.clock.localNanos(nowNanos);
        RandomGenerator own = random(16 + member.run, member.number);
        GossipConfig config = cast.config(identity);
        member.engine = new Gossiper(config, cast.initialKeys(), own, localNanos);
        ClusterSnapshot picture =
                member.engine().withState(ClusterAccess::snapshot, localNanos).value();
        if (picture == null) {
            throw new IllegalStateException("no snapshot of " + identity);
        }
        laws.started(member.number, picture.members().get(0).node(), picture);
        measurements.started(member, nowNanos);
        handle(member, new Input.SeedNodesResolved(cast.seedNodes()));
        round(member, member.run);
    }

    void stop(SimulatedMember member) {
        if (member.engine != null) {
            member.engine = null;
            member.stoppedAtNanos = nowNanos;
            member.paused = false;
            member.leaving = false;
            member.draining = false;
            member.inbox.clear();
            laws.stopped(member.identity());
            measurements.stopped(member, nowNanos);
        }
    }

    void round(SimulatedMember member, int run) {
        if (!member.isRunning() || member.run != run || member.leaving) {
            return;
        }
        if (member.paused) {
            member.roundMissed = true;
            return;
        }
        handle(member, ROUND_DUE);
        plan(nowNanos + member.clock.trueDelay(intervalNanos), Kind.ROUND, member, run);
    }

    void leave(SimulatedMember member) {
        if (member.isStaying() && !member.paused) {
            measurements.leaving(member);
            handle(member, new Input.LeaveRequested());
            member.leaving = true;
            plan(nowNanos + 2_000_000_000L, Kind.STOP, member, member.run);
        }
    }

    /** A frozen member goes on: the timer that fired meanwhile comes first, then what arrived. */
    void resume(SimulatedMember member) {
        if (!member.paused) {
            return;
        }
        member.paused = false;
        measurements.resumed(member, nowNanos);
        if (member.roundMissed) {
            member.roundMissed = false;
            round(member, member.run);
        }
        if (member.datagramsPerSecond > 0) {
            drainLater(member);
            return;
        }
        while (member.isRunning() && !member.inbox.isEmpty()) {
            SimulatedMember.Waiting next = member.inbox.remove();
            handle(member, new Input.Received(next.datagram(), next.source()));
        }
    }

    // datagrams

    void deliver(SimulatedMember member, byte[] datagram, GossipAddress source) {
        if (!member.isRunning()) {
            return;
        }
        if (member.paused || member.datagramsPerSecond > 0) {
            if (member.inbox.size() < member.queueLimit) {
                member.inbox.add(new SimulatedMember.Waiting(datagram, source));
            } else {
                measurements.overflowed++;
            }
            drainLater(member);
            return;
        }
        handle(member, new Input.Received(datagram, source));
    }

    private void drainLater(SimulatedMember member) {
        if (!member.paused && !member.draining && !member.inbox.isEmpty()) {
            member.draining = true;
            plan(nowNanos + (long) (1e9 / member.datagramsPerSecond), Kind.DRAIN, member, member.run);
        }
    }

    void drain(SimulatedMember member, int run) {
        if (member.run != run || !member.isRunning()) {
            return;
        }
        member.draining = false;
        SimulatedMember.Waiting next = member.paused ? null : member.inbox.poll();
        if (next != null) {
            handle(member, new Input.Received(next.datagram(), next.source()));
        }
        if (member.datagramsPerSecond > 0) {
            drainLater(member);
        }
    }

    /** Puts a datagram on the wire. */
    void send(SimulatedMember from, GossipAddress target, byte[] datagram) {
        SimulatedMember to = byAddress.get(target);
        int copies = to == null ? 0 : network.copies(from.number, to.number, datagram.length);
        measurements.sent(nowNanos, from.number, target, datagram, copies);
        if (to != null && to.number != 0) {
            for (int i = 0; i < copies; i++) {
                queue.add(
                        nowNanos + network.delayNanos(), EventCode.of(Kind.DELIVER, to.number, from.number), datagram);
            }
        }
    }

    // engines

    void handle(SimulatedMember member, Input input) {
        List<Effect> effects;
        try {
            effects = member.engine().handle(input, member.clock.localNanos(nowNanos));
        } catch (RuntimeException | AssertionError e) {
            threw(member, input.getClass().getSimpleName(), e);
            return;
        }
        if (input instanceof Input.Received) {
            member.receivedDatagrams++;
        }
        perform(member, effects);
    }

    <T> @Nullable T with(SimulatedMember member, Function<? super ClusterAccess, ? extends T> function) {
        Step<T> step = member.engine().withState(function, member.clock.localNanos(nowNanos));
        perform(member, step.effects());
        if (step.failure() != null) {
            threw(member, "access", step.failure());
        }
        return step.value();
    }

    private void threw(SimulatedMember member, String what, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        laws.broken(
                LawBook.TOTAL,
                member.identity() + " threw " + failure + " at " + what + (trace.length == 0 ? "" : " in " + trace[0]));
        stop(member);
    }

    private void perform(SimulatedMember member, List<Effect> effects) {
        NodeIdentity self = member.identity();
        for (int i = 0; i < effects.size(); i++) {
            Effect effect = effects.get(i);
            if (effect instanceof Effect.Send send) {
                laws.sent(self, send);
                recent.add(member.number, send.datagram());
                send(member, send.target(), send.datagram());
            } else if (effect instanceof Effect.Changed changed) {
                laws.changed(member.number, self, changed.event());
                measurements.changed(member, changed.event(), nowNanos, this);
            }
        }
    }

    /** The member with an address; null for an unknown one. */
    @Nullable
    SimulatedMember at(GossipAddress address) {
        return byAddress.get(address);
    }
}
