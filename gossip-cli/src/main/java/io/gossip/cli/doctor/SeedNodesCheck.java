/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.Reach;
import io.gossip.cli.doctor.Evidence.Tcp;
import io.gossip.cli.doctor.Evidence.Udp;
import io.gossip.core.identity.GossipAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the seed nodes are there, and of this cluster. */
final class SeedNodesCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        int tried = 0;
        int mute = 0;
        for (GossipAddress seedNode : evidence.node().seedNodes()) {
            Optional<Reach> reach = evidence.reach(seedNode);
            if (reach.isPresent()) {
                tried++;
                mute += reach.get().udp() == Udp.ANSWERS ? 0 : 1;
                judge(evidence.node().clusterId(), seedNode, reach.get()).ifPresent(findings::add);
            }
        }
        Evidence.Condition condition = evidence.node().condition();
        if (!condition.answered() && condition.refusals() > 0) {
            findings.add(Finding.problem(
                    "whom the node says hello to belongs to another cluster than '"
                            + evidence.node().clusterId() + "', its log names them",
                    "give both the same --cluster-id, or name another --seed"));
        }
        if (tried > 0 && mute == tried && evidence.others().stream().noneMatch(member -> member.isLive())) {
            findings.add(Finding.problem(
                    "the node is alone, and none of its seed nodes is a reachable member of its cluster",
                    "start one of them, or name others with --seed"));
        }
        return findings;
    }

    private static Optional<Finding> judge(String clusterId, GossipAddress seedNode, Reach reach) {
        return switch (reach.udp()) {
            case ANSWERS -> Optional.empty();
            case OTHER_CLUSTER ->
                Optional.of(Finding.problem(
                        "seed node " + seedNode + " belongs to another cluster than '" + clusterId + "'",
                        "give both the same --cluster-id, or name another --seed"));
            case REFUSED, SILENT ->
                Optional.of(
                        reach.tcp() == Tcp.CONNECTS
                                ? Finding.problem(
                                        "seed node " + seedNode + " answers TCP but not UDP",
                                        "let UDP through to this port, or name the gossip port with --seed: HTTP may have"
                                                + " another")
                                : Finding.warning(
                                        "seed node " + seedNode + " does not answer",
                                        "start it, or take it out of --seed"));
        };
    }
}
