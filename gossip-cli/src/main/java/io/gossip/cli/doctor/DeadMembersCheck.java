/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import java.util.List;

/** Whether the list is mostly of the past. */
final class DeadMembersCheck implements Check {
    private static final long MANY = 10;

    @Override
    public List<Finding> judge(Evidence evidence) {
        long live =
                evidence.members().stream().filter(member -> member.isLive()).count();
        long gone = evidence.members().size() - live;
        return gone < MANY || gone <= live
                ? List.of()
                : List.of(Finding.warning(
                        gone + " of " + evidence.members().size() + " listed members are dead or have left",
                        "use a shorter --dead-node-grace-period and node ids that last, or forget single ones with"
                                + " 'gossip remove NODE'"));
    }
}
