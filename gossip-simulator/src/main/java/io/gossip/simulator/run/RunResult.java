/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.simulator.law.Violation;
import io.gossip.simulator.scenario.Scenario;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What came of a run. The same scenario gives the same result, bit for bit.
 *
 * @param scenario what was run
 * @param violations the first laws broken, in the order in which that was seen; empty when all held
 * @param violationCount how many there were
 * @param excusedCount how many of excused laws
 * @param fingerprint of everything sent and reported, in hexadecimal
 * @param totals counters
 * @param virtualSeconds how much virtual time went by
 * @param convergedSeconds how long after the last action all running members agreed; empty if they did not, or nobody
 *     asked
 * @param detectionSeconds from the crash of a member to the moment others call it dead, ascending
 * @param accusations who called whom dead, in the order in which it happened, at most 100,000
 * @param spreads how the first writes spread
 * @param series what was measured over time
 */
public record RunResult(
        Scenario scenario,
        List<Violation> violations,
        long violationCount,
        long excusedCount,
        String fingerprint,
        Totals totals,
        double virtualSeconds,
        OptionalDouble convergedSeconds,
        List<Double> detectionSeconds,
        List<Accusation> accusations,
        List<Spread> spreads,
        Series series) {
    /**
     * Copies the lists.
     *
     * @param scenario what was run
     * @param violations the first laws broken
     * @param violationCount how many there were
     * @param excusedCount how many of excused laws
     * @param fingerprint of everything sent and reported
     * @param totals counters
     * @param virtualSeconds how much virtual time went by
     * @param convergedSeconds how long after the last action all running members agreed
     * @param detectionSeconds from the crash of a member to the moment others call it dead
     * @param accusations who called whom dead, in the order in which it happened, at most 100,000
     * @param spreads how the first writes spread
     * @param series what was measured over time
     */
    public RunResult {
        violations = List.copyOf(violations);
        detectionSeconds = List.copyOf(detectionSeconds);
        accusations = List.copyOf(accusations);
        spreads = List.copyOf(spreads);
    }

    /** {@return whether every law held} */
    public boolean passed() {
        return violationCount == 0;
    }

    /**
     * Counters of a whole run.
     *
     * @param datagrams handed out for sending
     * @param bytes their total length
     * @param lost datagrams that never arrived
     * @param overflowed datagrams that found a full queue
     * @param largestDatagram length of the longest, bytes
     * @param clusterEvents changes that members reported
     * @param falseDeaths times a running member was called dead
     * @param running members that run at the end
     * @param resets node states dropped and fetched anew, by members that run at the end
     * @param renumberings times members moved their versions past what others held, by members that run at the end
     * @param partialDigests messages with a part of the digest, by members that run at the end
     * @param digestBytes longest digest at the end
     * @param stateBytes most bytes of keys and values that one member holds at the end
     */
    public record Totals(
            long datagrams,
            long bytes,
            long lost,
            long overflowed,
            int largestDatagram,
            long clusterEvents,
            long falseDeaths,
            int running,
            long resets,
            long renumberings,
            long partialDigests,
            int digestBytes,
            long stateBytes) {}

    /**
     * A member called another one dead.
     *
     * @param atSeconds when
     * @param observer number of the member that did
     * @param accused number of the member that was called dead
     * @param running whether that one was running, so that the accusation is false
     * @param paused whether that one was frozen at that moment
     */
    public record Accusation(double atSeconds, int observer, int accused, boolean running, boolean paused) {}

    /**
     * One point of a curve.
     *
     * @param x seconds
     * @param y what is measured
     */
    public record Point(double x, double y) {}

    /**
     * How one write spread.
     *
     * @param label what was written by whom
     * @param atSeconds when
     * @param points seconds since the write, and the share of running members that know it, 0 to 1
     */
    public record Spread(String label, double atSeconds, List<Point> points) {
        /**
         * Copies the list.
         *
         * @param label what was written by whom
         * @param atSeconds when
         * @param points seconds since the write, and the share of running members that know it
         */
        public Spread {
            points = List.copyOf(points);
        }
    }

    /**
     * What was measured over time, in pieces of equal length.
     *
     * @param pieceSeconds length of one piece
     * @param bytesPerMemberSecond sent bytes per running member and second
     * @param datagramsPerMemberSecond sent datagrams per running member and second
     * @param liveSeen live members that a member sees on the average
     * @param running members that run
     */
    public record Series(
            double pieceSeconds,
            List<Double> bytesPerMemberSecond,
            List<Double> datagramsPerMemberSecond,
            List<Double> liveSeen,
            List<Double> running) {
        /**
         * Copies the lists.
         *
         * @param pieceSeconds length of one piece
         * @param bytesPerMemberSecond sent bytes per running member and second
         * @param datagramsPerMemberSecond sent datagrams per running member and second
         * @param liveSeen live members that a member sees on the average
         * @param running members that run
         */
        public Series {
            bytesPerMemberSecond = List.copyOf(bytesPerMemberSecond);
            datagramsPerMemberSecond = List.copyOf(datagramsPerMemberSecond);
            liveSeen = List.copyOf(liveSeen);
            running = List.copyOf(running);
        }
    }
}
