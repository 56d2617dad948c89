/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gossip node} for the detector, the rounds and the limits. Initial values are the defaults. */
final class TuningOptions {
    @Option(
            names = "--detector",
            paramLabel = "self-doubting|reference",
            converter = Converters.Detector.class,
            description = "self-doubting: asks itself first whether it can hear, or reference: as Rust members do"
                    + " (default: self-doubting)")
    DetectorRule detector = DetectorSettings.DEFAULT_RULE;

    @Option(
            names = "--phi-threshold",
            paramLabel = "PHI",
            description = "suspicion above which a member counts as dead (default: ${DEFAULT-VALUE})")
    double phiThreshold = 8.0;

    @Option(
            names = "--sampling-window",
            paramLabel = "N",
            description = "heartbeat gaps remembered per member (default: ${DEFAULT-VALUE})")
    int samplingWindow = 1_000;

    @Option(
            names = "--max-interval",
            paramLabel = "DURATION",
            description = "longer heartbeat gaps are not recorded (default: 10s)")
    Duration maxInterval = Duration.ofSeconds(10);

    @Option(
            names = "--initial-interval",
            paramLabel = "DURATION",
            description = "the gap assumed before any was seen (default: 5s)")
    Duration initialInterval = Duration.ofSeconds(5);

    @Option(
            names = "--dead-node-grace-period",
            paramLabel = "DURATION",
            description = "how long dead members are listed (default: 24h)")
    Duration deadNodeGrace = Duration.ofHours(24);

    @Option(
            names = "--tombstone-grace-period",
            paramLabel = "DURATION",
            description = "how long deleted keys are kept (default: 10m)")
    Duration tombstoneGrace = Duration.ofMinutes(10);

    @Option(
            names = "--fanout",
            paramLabel = "N",
            description = "live members gossiped with in each round (default: ${DEFAULT-VALUE})")
    int fanout = 3;

    @Option(names = "--max-members", paramLabel = "N", description = "most members listed (default: ${DEFAULT-VALUE})")
    int maxMembers = 10_000;

    @Option(
            names = "--max-entry-bytes",
            paramLabel = "SIZE",
            converter = Converters.IntSize.class,
            description = "largest key and value accepted (default: ${DEFAULT-VALUE})")
    int maxEntryBytes = 32_768;

    @Option(
            names = "--max-stream-bytes",
            paramLabel = "SIZE",
            converter = Converters.IntSize.class,
            description =
                    "most bytes that a compressed stream may expand to (default: 1/32 of the heap, at most 16MiB)")
    @Nullable
    Integer maxStreamBytes;

    @Option(
            names = "--max-state-bytes",
            paramLabel = "SIZE",
            converter = Converters.LongSize.class,
            description = "most bytes held of all members: keys, values and 128 bytes per entry"
                    + " (default: 1/4 of the heap, at most 1GiB)")
    @Nullable
    Long maxStateBytes;

    @Option(
            names = "--reply-limit",
            paramLabel = "SIZE",
            converter = Converters.LongSize.class,
            description = "bytes per second for large answers to strangers, 0 = off (default: 1MiB)")
    long replyLimit = 1024 * 1024;
}
