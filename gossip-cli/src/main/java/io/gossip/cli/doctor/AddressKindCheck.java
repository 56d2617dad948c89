/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.core.identity.GossipAddress;
import java.util.List;

/** Whether the advertised address can mean anything to members on other machines. */
final class AddressKindCheck implements Check {
    private static final String ADVICE = "set --advertise-addr to an address of this machine that the others reach";

    @Override
    public List<Finding> judge(Evidence evidence) {
        GossipAddress own = evidence.node().self().gossipAddress();
        if (own.isWildcard() || own.isGroup() || own.port() == 0) {
            return List.of(Finding.problem("the advertised address " + own + " stands for no single machine", ADVICE));
        }
        boolean remotePeers = evidence.others().stream()
                .map(member -> member.identity().gossipAddress())
                .anyMatch(address -> !isLoopback(address));
        boolean remoteSeedNodes = evidence.node().seedNodes().stream().anyMatch(address -> !isLoopback(address));
        if (isLoopback(own) && (remotePeers || remoteSeedNodes)) {
            return List.of(Finding.problem(
                    "the node advertises the loopback address " + own + " to members on other machines", ADVICE));
        }
        return List.of();
    }

    static boolean isLoopback(GossipAddress address) {
        byte[] ip = address.ip();
        if (ip.length == 4) {
            return ip[0] == 127;
        }
        for (int i = 0; i < ip.length - 1; i++) {
            if (ip[i] != 0) {
                return false;
            }
        }
        return ip[ip.length - 1] == 1;
    }
}
