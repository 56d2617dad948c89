/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/** May a node delta be applied, or must the node's state first be dropped? See semantics §6. */
public enum DeltaVerdict {
    /** It continues what we have. */
    APPLY,
    /** It starts from nothing because we may have missed collected deletions: forget the entries, then apply. */
    APPLY_AFTER_RESET,
    /** It continues a state that we do not have. */
    REJECT_FROM_FUTURE,
    /** It hides deletions that we do not know of and does not start from nothing. */
    REJECT_MISSED_DELETIONS,
    /** We have all of it. */
    REJECT_ALREADY_KNOWN,
    /** Nothing stands behind its node op (W19). */
    REJECT_BARE
}
