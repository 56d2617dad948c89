/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.detection.DetectorRule;
import io.gossip.simulator.study.DetectionPlan;
import io.gossip.simulator.study.Event;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of the studies of {@code gossip simulate}. Initial values are the defaults. */
final class StudyOptions {
    @Option(
            names = "--detection-study",
            description = "measure how soon a crashed member is called dead, and how often a running one is")
    boolean study;

    @Option(
            names = "--scale-study",
            description = "measure what clusters of several sizes cost, and print a table; takes a while")
    boolean scale;

    @Option(
            names = "--members",
            paramLabel = "N",
            split = ",",
            description = "study: members (default: 10,30,100, for --scale-study 300 as well)")
    @Nullable
    List<Integer> members;

    @Option(
            names = "--node-id-bytes",
            split = ",",
            paramLabel = "N",
            description = "scale study: lengths of node ids (default: 9,20,40)")
    List<Integer> nodeIdBytes = List.of(9, 20, 40);

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            split = ",",
            description = "study: loss in percent (default: 0,25,50)")
    List<Double> losses = List.of(0.0, 25.0, 50.0);

    @Option(
            names = "--intervals",
            paramLabel = "DURATION",
            split = ",",
            description = "study: gossip intervals (default: 100ms,1s)")
    List<Duration> intervals = List.of(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Option(
            names = "--initial-interval",
            paramLabel = "DURATION",
            description = "study: gap between heartbeats assumed at first (default: 5s)")
    Duration initialInterval = Duration.ofSeconds(5);

    @Option(
            names = "--warm-up",
            paramLabel = "ROUNDS",
            description = "study: rounds before anything happens (default: ${DEFAULT-VALUE})")
    int warmUp = 300;

    @Option(
            names = "--watch",
            paramLabel = "ROUNDS",
            description = "study: rounds watched afterwards (default: ${DEFAULT-VALUE})")
    int watch = 60;

    @Option(names = "--runs", paramLabel = "N", description = "study: runs per row (default: ${DEFAULT-VALUE})")
    int runs = 1;

    @Option(
            names = "--event",
            paramLabel = "EVENT",
            converter = EventName.class,
            description =
                    "study: crash, pause:DURATION, or deaf:PERCENT of what is sent to one member lost (default: crash)")
    Event event = new Event.Crash();

    int asked() {
        return (study ? 1 : 0) + (scale ? 1 : 0);
    }

    List<Integer> membersOr(List<Integer> defaults) {
        List<Integer> told = members;
        return told == null ? defaults : told;
    }

    DetectionPlan plan(@Nullable DetectorRule rule, long randomSeed) {
        return new DetectionPlan(
                membersOr(List.of(10, 30, 100)),
                losses.stream().map(percent -> percent / 100).toList(),
                intervals,
                rule == null ? List.of(DetectorRule.values()) : List.of(rule),
                initialInterval,
                warmUp,
                watch,
                runs,
                randomSeed);
    }

    /** {@code crash}, {@code pause:10s}, {@code deaf:90}. */
    static final class EventName implements picocli.CommandLine.ITypeConverter<Event> {
        @Override
        public Event convert(String text) {
            try {
                if (text.equals("crash")) {
                    return new Event.Crash();
                } else if (text.startsWith("pause:")) {
                    return new Event.Pause(DurationText.parse(text.substring("pause:".length())));
                } else if (text.startsWith("deaf:")) {
                    return new Event.Deaf(Double.parseDouble(text.substring("deaf:".length())) / 100);
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "': " + e.getMessage());
            }
            throw new TypeConversionException("expected crash, pause:DURATION or deaf:PERCENT, got '" + text + "'");
        }
    }
}
