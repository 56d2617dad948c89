/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.ListedMember;
import io.gossip.cli.doctor.Evidence.PeerReport;
import java.util.ArrayList;
import java.util.List;

/** Whether everybody understands the version in which handshakes are opened, and whether all open them in the same. */
final class ProtocolCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        String own = evidence.node().protocolVersion();
        List<Finding> findings = new ArrayList<>();
        List<String> deaf = evidence.others().stream()
                .filter(ListedMember::isLive)
                .filter(member -> member.protocolVersions()
                        .filter(versions -> !versions.contains(own))
                        .isPresent())
                .map(member -> member.identity().nodeId())
                .toList();
        if (!deaf.isEmpty()) {
            findings.add(Finding.problem(
                    "this node opens handshakes in " + own + ", which " + names(deaf) + " cannot read",
                    "start this node with another --protocol, or upgrade the others first"));
        }
        List<String> different = evidence.peers().stream()
                .filter(peer -> peer.member().isLive())
                .filter(peer -> peer.node()
                        .filter(node -> !node.protocolVersion().equals(own))
                        .isPresent())
                .map((PeerReport peer) -> peer.member().identity().nodeId())
                .toList();
        if (!different.isEmpty()) {
            findings.add(Finding.note(
                    "this node opens handshakes in " + own + ", " + names(different) + " in another version",
                    "that works; finish the switch with the same --protocol everywhere"));
        }
        return findings;
    }

    private static String names(List<String> nodeIds) {
        int more = nodeIds.size() - 3;
        return String.join(", ", nodeIds.subList(0, Math.min(3, nodeIds.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
