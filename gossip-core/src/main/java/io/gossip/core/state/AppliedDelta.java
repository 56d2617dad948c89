/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import java.util.List;

/**
 * What applying a node delta did.
 *
 * @param verdict what was decided
 * @param reset whether all entries were forgotten first
 * @param changes key-values stored, in version order
 */
public record AppliedDelta(DeltaVerdict verdict, boolean reset, List<KeyChange> changes) {
    /** Copies the list. */
    public AppliedDelta {
        changes = List.copyOf(changes);
    }

    /** {@return how many key-values were stored} */
    public int stored() {
        return changes.size();
    }
}
