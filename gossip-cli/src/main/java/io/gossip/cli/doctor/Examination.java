/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import java.util.List;

/** All checks. */
public final class Examination {
    private static final List<Check> CHECKS = List.of(
            new ConditionCheck(),
            new AddressKindCheck(),
            new OwnAddressCheck(),
            new PeerOpinionCheck(),
            new SeedNodesCheck(),
            new PeerReachCheck(),
            new DuplicateCheck(),
            new ClockCheck(),
            new DigestCheck(),
            new ProtocolCheck(),
            new DeadMembersCheck());

    private Examination() {}

    /**
     * Judges evidence.
     *
     * @param evidence what was collected
     * @return what is wrong, in the order of the checks
     */
    public static List<Finding> of(Evidence evidence) {
        return CHECKS.stream().flatMap(check -> check.judge(evidence).stream()).toList();
    }
}
