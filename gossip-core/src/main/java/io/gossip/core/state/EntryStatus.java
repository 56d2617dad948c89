/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/** What a key's latest version says: a value, a deletion, or a value that will be collected. */
public enum EntryStatus {
    /** A plain value. */
    SET,
    /** A tombstone: the key was deleted, readers see nothing, the deletion still spreads. */
    TOMBSTONE,
    /** A value that readers see until its grace period is over; then it is collected. */
    DELETE_AFTER_TTL
}
