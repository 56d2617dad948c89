/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import io.gossip.core.wire.ProtocolVersion;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.Scenario;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Runs one quiet cluster at one second per round: all join through one seed node, one writes, one crashes.
 *
 * <p><b>Threads:</b> confined to the thread that runs it.
 */
public final class ScaleStudy {
    private static final double REST_FROM_SECONDS = 45;
    private static final double WRITE_AT_SECONDS = 60;
    private static final double STARTING_SECONDS = 1;

    private final LongSupplier cpuNanos;

    /**
     * A study.
     *
     * @param cpuNanos processor time used so far by the thread that runs it, ns; for the last column only
     */
    public ScaleStudy(LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /**
     * Runs one cluster. Each member has five keys of 20 bytes.
     *
     * @param members how many, at least 2
     * @param nodeIdBytes length of their node ids
     * @param protocol in which version they open handshakes
     * @return what was measured
     */
    public ScaleRow measure(int members, int nodeIdBytes, ProtocolVersion protocol) {
        long before = cpuNanos.getAsLong();
        RunResult result = Simulation.run(scenario(members, nodeIdBytes, protocol));
        long cpu = cpuNanos.getAsLong() - before;
        double memberSeconds = members * result.virtualSeconds();
        return new ScaleRow(
                members,
                nodeIdBytes,
                protocol,
                result.totals().digestBytes(),
                2 * result.totals().partialDigests() > result.totals().datagrams(),
                atRest(result),
                joined(result, members),
                spread(result, members),
                percentile(result, 0.5),
                percentile(result, 1),
                result.totals().falseDeaths(),
                cpu / 1e6 / memberSeconds);
    }

    private static Scenario scenario(int members, int nodeIdBytes, ProtocolVersion protocol) {
        return Scenario.parse("""
                scenario scale
                members %d
                node-id-bytes %d
                protocol %s
                keys 5 of 20
                start-every %dus
                duration 110s
                at %ds write 2 color red
                at 70s crash %d
                """.formatted(
                        members,
                        nodeIdBytes,
                        protocol.name().toLowerCase(Locale.ROOT),
                        (long) (STARTING_SECONDS * 1e6 / members),
                        (long) WRITE_AT_SECONDS,
                        members));
    }

    private static double atRest(RunResult result) {
        double bytes = 0;
        int pieces = 0;
        double piece = result.series().pieceSeconds();
        for (int i = (int) (REST_FROM_SECONDS / piece); (i + 1) * piece < WRITE_AT_SECONDS; i++) {
            bytes += result.series().bytesPerMemberSecond().get(i);
            pieces++;
        }
        return bytes / pieces;
    }

    /** The end of the first piece of time in which all saw all. */
    private static double joined(RunResult result, int members) {
        for (int i = 0; i < result.series().liveSeen().size(); i++) {
            double seconds = (i + 1) * result.series().pieceSeconds();
            if (result.series().liveSeen().get(i) == members && seconds <= WRITE_AT_SECONDS) {
                return seconds - STARTING_SECONDS;
            }
        }
        return Double.NaN;
    }

    private static double spread(RunResult result, int members) {
        return result.spreads().stream()
                .filter(spread -> spread.points().size() >= members - 1)
                .mapToDouble(spread -> spread.points().get(members - 2).x())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double percentile(RunResult result, double share) {
        int size = result.detectionSeconds().size();
        return size == 0 ? Double.NaN : result.detectionSeconds().get((int) Math.min(size - 1L, (long) (share * size)));
    }
}
