/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.time.Duration;
import java.util.Objects;

/**
 * Settings of the failure detector (semantics §8).
 *
 * @param phiThreshold suspicion above which a member counts as dead, unitless, above 0
 * @param samplingWindow heartbeat gaps remembered per member, 1 to 100,000
 * @param maxInterval longer gaps are not recorded, 1 ms to 30 min
 * @param initialInterval the gap assumed before any was seen, with the weight of five, 1 ms to 30 min
 * @param rule what the detector makes of its own condition
 */
public record DetectorSettings(
        double phiThreshold, int samplingWindow, Duration maxInterval, Duration initialInterval, DetectorRule rule) {
    /** The rule in force unless another is chosen. */
    public static final DetectorRule DEFAULT_RULE = DetectorRule.SELF_DOUBTING;

    /** The reference's defaults: 8.0, 1,000, 10 s, 5 s. */
    public static final DetectorSettings DEFAULT =
            new DetectorSettings(8.0, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(5));

    /**
     * Checks the settings.
     *
     * @param phiThreshold above 0, at most 1,000
     * @param samplingWindow 1 to 100,000
     * @param maxInterval 1 ms to 30 min
     * @param initialInterval 1 ms to 30 min
     * @param rule any
     * @throws IllegalArgumentException naming the setting, its value and its bounds
     */
    public DetectorSettings {
        if (!(phiThreshold > 0) || phiThreshold > 1_000) {
            throw new IllegalArgumentException("phi threshold must be above 0 and at most 1000, was " + phiThreshold);
        }
        if (samplingWindow < 1 || samplingWindow > 100_000) {
            throw new IllegalArgumentException("sampling window must be between 1 and 100000, was " + samplingWindow);
        }
        requireInterval("max interval", maxInterval);
        requireInterval("initial interval", initialInterval);
        Objects.requireNonNull(rule);
    }

    /**
     * Settings with the default rule.
     *
     * @param phiThreshold above 0, at most 1,000
     * @param samplingWindow 1 to 100,000
     * @param maxInterval 1 ms to 30 min
     * @param initialInterval 1 ms to 30 min
     * @throws IllegalArgumentException naming the setting, its value and its bounds
     */
    public DetectorSettings(double phiThreshold, int samplingWindow, Duration maxInterval, Duration initialInterval) {
        this(phiThreshold, samplingWindow, maxInterval, initialInterval, DEFAULT_RULE);
    }

    /**
     * These settings under a rule.
     *
     * @param value the rule
     * @return the new settings
     */
    public DetectorSettings with(DetectorRule value) {
        return new DetectorSettings(phiThreshold, samplingWindow, maxInterval, initialInterval, value);
    }

    private static void requireInterval(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalArgumentException(name + " must be between 1 ms and 30 min, was " + value);
        }
    }
}
