/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.DigestFill;
import java.util.List;

/** Whether the digest still fits a datagram well: the node itself begins to warn at the same level. */
final class DigestCheck implements Check {
    private static final double HIGH = 0.7;

    @Override
    public List<Finding> judge(Evidence evidence) {
        DigestFill digest = evidence.node().digest();
        int percent = (int) (100L * digest.bytes() / digest.limit());
        String advice = "use a shorter --dead-node-grace-period, shorter node ids"
                + (evidence.node().protocolVersion().equals("v0")
                        ? ", and --protocol v1 once all members read it"
                        : "");
        if (digest.partial() > 0) {
            return List.of(Finding.problem(
                    "the digest does not fit a datagram, " + digest.partial() + " messages had only a part of it",
                    advice));
        }
        return digest.bytes() < HIGH * digest.limit()
                ? List.of()
                : List.of(Finding.warning("the digest takes " + percent + " % of a datagram", advice));
    }
}
