/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import java.util.List;

/**
 * What came of a node delta, or of a state that was handed in whole.
 *
 * @param verdict how it was judged
 * @param reset whether all entries were forgotten before the changes below
 * @param changes what was stored, in the order of the delta (ascending versions); after a reset, all there is now
 * @param stored number of entries stored
 */
public record AppliedDelta(DeltaVerdict verdict, boolean reset, List<KeyChange> changes, int stored) {
    /**
     * Copies the list.
     *
     * @param verdict how it was judged
     * @param reset whether all entries were forgotten before the changes below
     * @param changes what was stored, in the order of the delta (ascending versions)
     * @param stored number of entries stored
     */
    public AppliedDelta {
        changes = List.copyOf(changes);
    }

    static AppliedDelta rejected(DeltaVerdict verdict) {
        return new AppliedDelta(verdict, false, List.of(), 0);
    }

    static AppliedDelta accepted(boolean reset, List<KeyChange> changes) {
        return new AppliedDelta(
                reset ? DeltaVerdict.APPLY_AFTER_RESET : DeltaVerdict.APPLY, reset, changes, changes.size());
    }
}
