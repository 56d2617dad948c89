/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.core.identity.GossipAddress;
import java.util.List;

/** Whether somebody answers at the advertised address. */
final class OwnAddressCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        GossipAddress own = evidence.node().self().gossipAddress();
        return evidence.reach(own).map(reach -> judge(own, reach)).orElse(List.of());
    }

    private static List<Finding> judge(GossipAddress own, Evidence.Reach reach) {
        return switch (reach.udp()) {
            case ANSWERS -> List.of();
            case OTHER_CLUSTER ->
                List.of(Finding.problem(
                        "a member of another cluster answers at the advertised address " + own,
                        "set --advertise-addr to the address of this node, not of another"));
            case REFUSED ->
                List.of(Finding.problem(
                        "nobody listens at the advertised address " + own + " (UDP)",
                        "set --advertise-addr to where --gossip-addr listens, as others reach it; where there is address"
                                + " translation, forward this UDP port"));
            case SILENT ->
                List.of(
                        reach.tcp() == Evidence.Tcp.SILENT
                                ? Finding.problem(
                                        "the advertised address " + own + " answers neither UDP nor TCP",
                                        "set --advertise-addr to an address of the node's machine, or ask from where the"
                                                + " other members are")
                                : Finding.problem(
                                        "UDP to the advertised address " + own
                                                + " is not answered, while TCP reaches its machine",
                                        "let UDP through to this port in firewalls and security groups, or set"
                                                + " --advertise-addr to where the node gossips"));
        };
    }
}
