/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.PeerReport;
import io.gossip.cli.doctor.Evidence.Reach;
import io.gossip.cli.doctor.Evidence.Tcp;
import io.gossip.cli.doctor.Evidence.Udp;
import io.gossip.core.identity.GossipAddress;
import java.util.ArrayList;
import java.util.List;

/** Whether UDP to other members is blocked while TCP works. */
final class PeerReachCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (PeerReport peer : evidence.peers()) {
            GossipAddress address = peer.member().identity().gossipAddress();
            evidence.reach(address)
                    .filter(PeerReachCheck::isUdpBlocked)
                    .ifPresent(blocked -> findings.add(Finding.problem(
                            peer.member().state() + " member "
                                    + peer.member().identity().nodeId() + " answers TCP but not UDP at " + address,
                            "let UDP through to this port; if the member advertises a wrong address, set its"
                                    + " --advertise-addr")));
        }
        return findings;
    }

    private static boolean isUdpBlocked(Reach reach) {
        return reach.tcp() == Tcp.CONNECTS && (reach.udp() == Udp.SILENT || reach.udp() == Udp.REFUSED);
    }
}
