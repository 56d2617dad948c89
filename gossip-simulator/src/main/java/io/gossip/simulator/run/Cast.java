/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.SharedInstances;
import io.gossip.simulator.scenario.EngineSettings;
import io.gossip.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Who takes part, and as what: names, addresses, configurations. */
final class Cast {
    private static final int PORT = 7_946;

    private final Scenario scenario;
    private final DetectorSettings detector;
    private final Map<String, String> initialKeys = new LinkedHashMap<>();
    private final SharedInstances shared;

    Cast(Scenario scenario) {
        this.scenario = scenario;
        this.detector = new DetectorSettings(
                scenario.engine().phiThreshold(),
                1_000,
                Duration.ofSeconds(10),
                scenario.engine().initialInterval(),
                scenario.engine().detectorRule());
        // Room for four times what there is, so that little of it is pushed out by chance.
        this.shared = new SharedInstances(Math.min(1 << 18, 4 * scenario.members() * (1 + scenario.initialKeys())));
        String value = "x".repeat(scenario.initialValueBytes());
        for (int i = 1; i <= scenario.initialKeys(); i++) {
            initialKeys.put("key" + i, value);
        }
    }

    /** Members by number; index 0 stays for the outsider. */
    SimulatedMember[] members(RandomGenerator random) {
        SimulatedMember[] members = new SimulatedMember[scenario.members() + 1];
        for (int number = 0; number < members.length; number++) {
            // Any origin, as monotonic clocks have.
            MemberClock clock = new MemberClock(1 + (random.nextLong() >>> 20));
            members[number] = new SimulatedMember(number, nodeId(number), address(number), clock);
        }
        return members;
    }

    private String nodeId(int number) {
        String name = "n" + number;
        int missing = scenario.nodeIdBytes() - name.length();
        return missing > 0 ? name + "-".repeat(missing) : name;
    }

    static GossipAddress address(int number) {
        byte[] ip = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return GossipAddress.of(ip, PORT);
    }

    Map<String, String> initialKeys() {
        return initialKeys;
    }

    Set<GossipAddress> seedNodes() {
        Set<GossipAddress> addresses = new LinkedHashSet<>();
        for (int number : scenario.seedNodes().numbers()) {
            addresses.add(address(number));
        }
        return addresses;
    }

    GossipConfig config(NodeIdentity identity) {
        EngineSettings settings = scenario.engine();
        return GossipConfig.builder(identity, "simulated")
                .gossipInterval(settings.interval())
                .protocolVersion(settings.protocol())
                .fanout(settings.fanout())
                .detector(detector)
                .tombstoneGrace(settings.tombstoneGrace())
                .deadNodeGrace(settings.deadNodeGrace())
                .maxDatagramBytes(settings.datagramBytes())
                .maxMembers(settings.maxMembers())
                .sharedInstances(shared)
                .build();
    }
}
