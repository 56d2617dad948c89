/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.ClockReading;
import io.gossip.cli.doctor.Evidence.PeerReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether clocks agree: generations are start times, so a member that moves to a machine whose clock is behind may come back
 * with a smaller one. The time that the questions took is no difference.
 */
final class ClockCheck implements Check {
    private static final long TOLERANCE_MILLIS = 5_000;

    @Override
    public List<Finding> judge(Evidence evidence) {
        ClockReading own = evidence.node().clock();
        List<Finding> findings = new ArrayList<>();
        for (PeerReport peer : evidence.peers()) {
            peer.node().ifPresent(node -> {
                long difference = own.aheadMillis() - node.clock().aheadMillis();
                long doubt = own.uncertaintyMillis() + node.clock().uncertaintyMillis();
                if (Math.abs(difference) > TOLERANCE_MILLIS + doubt) {
                    findings.add(finding(difference, node.self().nodeId()));
                }
            });
        }
        return findings;
    }

    private static Finding finding(long difference, String peer) {
        return Finding.warning(
                "the clock of this node is " + Math.abs(difference) / 1_000 + " s "
                        + (difference > 0 ? "ahead of" : "behind") + " that of " + peer,
                "have both machines set their clocks by NTP: a restarted member needs a greater generation, and that is"
                        + " its start time unless --generation is given");
    }
}
