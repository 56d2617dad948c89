/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.ListedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Whether two processes claim to be the same member, or to be at the same address. */
final class DuplicateCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        if (evidence.node().condition().superseded()) {
            findings.add(Finding.problem(
                    "another live member has this node's id '"
                            + evidence.node().self().nodeId() + "' and a greater generation",
                    "stop one of the two, or give each a --node-id of its own"));
        }
        repeated(evidence, member -> member.identity().nodeId())
                .forEach((nodeId, count) -> findings.add(Finding.problem(
                        "node id '" + nodeId + "' is live " + count + " times",
                        "stop all but one, or give each a --node-id of its own")));
        repeated(evidence, member -> member.identity().gossipAddress().toString())
                .forEach((address, count) -> findings.add(Finding.warning(
                        count + " live members advertise the address " + address,
                        "give each an --advertise-addr of its own; after a restart under another node id, wait until the"
                                + " old one is dead")));
        return findings;
    }

    private static Map<String, Integer> repeated(Evidence evidence, Function<ListedMember, String> property) {
        Map<String, Integer> counts = new TreeMap<>();
        evidence.members().stream()
                .filter(ListedMember::isLive)
                .forEach(member -> counts.merge(property.apply(member), 1, Integer::sum));
        counts.values().removeIf(count -> count < 2);
        return counts;
    }
}
