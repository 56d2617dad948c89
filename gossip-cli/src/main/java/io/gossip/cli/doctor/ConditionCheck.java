/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Whether the node itself says that it is well. */
final class ConditionCheck implements Check {
    @Override
    public List<Finding> judge(Evidence evidence) {
        Evidence.Condition condition = evidence.node().condition();
        List<Finding> findings = new ArrayList<>();
        if (!condition.socketState().equals("open")) {
            findings.add(Finding.problem(
                    "the node's UDP socket is " + condition.socketState()
                            + condition.socketError().map(error -> ": " + error).orElse(""),
                    "see the log of the node; a socket that broke is opened again and again"));
        }
        condition
                .storeError()
                .ifPresent(error -> findings.add(Finding.problem(
                        "the node cannot store its keys: " + error,
                        "free or mend the disk of its data directory; the node tries again by itself")));
        if (!condition.ready()) {
            findings.add(Finding.warning(
                    "the node is not ready: " + condition.readiness(),
                    "see to its seed nodes; --ready-timeout says how long to wait for a peer"));
        }
        return findings;
    }
}
