/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;

/**
 * How every member is configured.
 *
 * @param interval time between two rounds
 * @param protocol version that opens handshakes
 * @param fanout live members gossiped with in each round
 * @param phiThreshold suspicion above which a member counts as dead
 * @param initialInterval gap between heartbeats assumed at first
 * @param detectorRule what the detector makes of its own condition
 * @param tombstoneGrace how long tombstones are kept
 * @param deadNodeGrace how long dead members are listed
 * @param datagramBytes longest datagram a member sends
 * @param maxMembers most members listed
 */
public record EngineSettings(
        Duration interval,
        ProtocolVersion protocol,
        int fanout,
        double phiThreshold,
        Duration initialInterval,
        DetectorRule detectorRule,
        Duration tombstoneGrace,
        Duration deadNodeGrace,
        int datagramBytes,
        int maxMembers) {
    /** The defaults of the product. */
    public static final EngineSettings DEFAULT = new EngineSettings(
            Duration.ofSeconds(1),
            ProtocolVersion.V0,
            3,
            8.0,
            Duration.ofSeconds(5),
            DetectorSettings.DEFAULT_RULE,
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            65_507,
            10_000);
}
