/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Runs scenarios: as many engines as there are members, one thread, virtual time that jumps from event to event.
 *
 * <p>The engines are the ones that run in production and talk in real datagrams. All chance comes from the scenario's
 * random seed, so a scenario always gives the same result.
 *
 * <p><b>Threads:</b> a run is confined to its thread; several runs may go on in several threads.
 */
public final class Simulation {
    private final World world;
    private final ExpectationWatch watch;
    private final long endNanos;
    private final long quietNanos;
    private int sampleCursor;

    private Simulation(Scenario scenario) {
        this.world = new World(scenario);
        this.watch = new ExpectationWatch(world);
        this.endNanos = scenario.duration().toNanos();
        this.quietNanos = scenario.quietFrom().toNanos();
    }

    /**
     * Runs a scenario from start to end.
     *
     * @param scenario what to run
     * @return what came of it
     */
    public static RunResult run(Scenario scenario) {
        return new Simulation(scenario).run();
    }

    private RunResult run() {
        new Director(world).planAll();
        watch.planAll();
        planSamples();
        while (world.queue.nextNanos() <= endNanos && !isOver()) {
            world.queue.take();
            world.nowNanos = world.queue.timeNanos();
            world.laws.now(world.nowNanos);
            happen(world.queue.code());
        }
        world.nowNanos = isOver() ? world.nowNanos : endNanos;
        world.laws.now(world.nowNanos);
        return result();
    }

    private boolean isOver() {
        return world.scenario.endsEarly() && !watch.isOpen() && world.nowNanos > quietNanos;
    }

    private void happen(long code) {
        SimulatedMember member = world.members[EventCode.member(code)];
        int detail = EventCode.detail(code);
        switch (EventCode.kind(code)) {
            case START -> world.start(member, false);
            case ROUND -> world.round(member, detail);
            case DELIVER ->
                world.deliver(
                        member, (byte[]) Objects.requireNonNull(world.queue.payload()), world.members[detail].address);
            case RESUME -> {
                if (member.run == detail) {
                    world.resume(member);
                }
            }
            case DRAIN -> world.drain(member, detail);
            case STOP -> {
                if (member.run == detail) {
                    world.stop(member);
                }
            }
            case TASK -> ((Runnable) Objects.requireNonNull(world.queue.payload())).run();
        }
    }

    // samples

    private void planSamples() {
        long pieceNanos = world.measurements.bucketNanos;
        for (int piece = 0; piece < world.measurements.bytesPerBucket.length; piece++) {
            int index = piece;
            long at = Math.min(endNanos, (piece + 1) * pieceNanos - 1);
            world.planTask(at, () -> sample(index));
        }
    }

    private void sample(int piece) {
        long seen = 0;
        int looked = 0;
        int stride = Math.max(1, world.scenario.members() / 50);
        for (int number = 1; number < world.members.length; number += stride) {
            SimulatedMember member = world.members[number];
            if (member.isStaying()) {
                seen += Objects.requireNonNull(world.with(member, ClusterAccess::liveNodes))
                        .size();
                looked++;
            }
        }
        world.measurements.liveSeenPerBucket[piece] = looked == 0 ? 0 : (double) seen / looked;
        world.measurements.runningPerBucket[piece] = world.measurements.running;
        world.measurements.pieces = piece + 1;
        int samples = world.scenario.members() <= 64 ? world.scenario.members() : 4;
        for (int i = 0; i < samples; i++) {
            sampleNextWatched();
        }
    }

    private void sampleNextWatched() {
        for (int tries = 1; tries < world.members.length; tries++) {
            sampleCursor = sampleCursor % (world.members.length - 1) + 1;
            if (world.laws.isWatched(sampleCursor)) {
                sample(world.members[sampleCursor]);
                return;
            }
        }
    }

    private void sample(SimulatedMember member) {
        if (member.isRunning()) {
            ClusterSnapshot picture = Objects.requireNonNull(world.with(member, ClusterAccess::snapshot));
            EngineStats stats = Objects.requireNonNull(world.with(member, ClusterAccess::stats));
            world.laws.sampled(member.number, picture, stats);
            world.laws.bounded(member.engine().config(), stats);
        }
    }

    // the end

    private RunResult result() {
        for (SimulatedMember member : world.members) {
            if (member.number > 0 && world.laws.isWatched(member.number)) {
                sample(member);
            }
        }
        Measurements measured = world.measurements;
        LawBook laws = world.laws;
        RunResult.Totals totals = totals(measured);
        return new RunResult(
                world.scenario,
                laws.violations(),
                laws.count(),
                laws.excusedCount(),
                "%016x".formatted(measured.fingerprint),
                totals,
                world.nowNanos / 1e9,
                watch.convergedSeconds(),
                measured.detectionNanos.stream().sorted().map(n -> n / 1e9).toList(),
                measured.accusations,
                measured.spreads(),
                series(measured));
    }

    private RunResult.Totals totals(Measurements measured) {
        long resets = 0;
        long renumberings = 0;
        long partial = 0;
        int digestBytes = 0;
        long stateBytes = 0;
        for (SimulatedMember member : world.members) {
            if (member.isRunning()) {
                EngineStats stats = Objects.requireNonNull(world.with(member, ClusterAccess::stats));
                resets += stats.resets();
                renumberings += stats.renumberings();
                partial += stats.digestsPartial();
                digestBytes = Math.max(digestBytes, stats.digestBytes());
                stateBytes = Math.max(stateBytes, stats.stateBytes());
            }
        }
        return new RunResult.Totals(
                measured.datagrams,
                measured.bytes,
                measured.lost,
                measured.overflowed,
                measured.largestDatagram,
                measured.events,
                measured.falseDeaths,
                measured.running,
                resets,
                renumberings,
                partial,
                digestBytes,
                stateBytes);
    }

    private static RunResult.Series series(Measurements measured) {
        double seconds = measured.bucketNanos / 1e9;
        List<Double> bytes = new ArrayList<>();
        List<Double> datagrams = new ArrayList<>();
        List<Double> live = new ArrayList<>();
        List<Double> running = new ArrayList<>();
        for (int i = 0; i < measured.pieces; i++) {
            double memberSeconds = Math.max(1, measured.runningPerBucket[i]) * seconds;
            bytes.add(measured.bytesPerBucket[i] / memberSeconds);
            datagrams.add(measured.datagramsPerBucket[i] / memberSeconds);
            live.add(measured.liveSeenPerBucket[i]);
            running.add((double) measured.runningPerBucket[i]);
        }
        return new RunResult.Series(seconds, bytes, datagrams, live, running);
    }
}
