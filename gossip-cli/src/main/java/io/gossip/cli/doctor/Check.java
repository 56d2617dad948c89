/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import java.util.List;

/** Looks for one kind of mistake. */
@FunctionalInterface
public interface Check {
    /**
     * Judges what is known. Whatever is missing in the evidence is no finding.
     *
     * @param evidence what was collected
     * @return what is wrong; empty if nothing is
     */
    List<Finding> judge(Evidence evidence);
}
