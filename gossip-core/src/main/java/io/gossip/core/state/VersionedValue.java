/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/**
 * One key's latest value as its owner wrote it.
 *
 * @param value the text; empty for a tombstone
 * @param version position of the write in its owner's history, unsigned, from 1
 * @param status plain, tombstone, or to be collected
 * @param sinceNanos local monotonic time in nanoseconds at which a status other than {@link EntryStatus#SET} began
 *     here; 0 for {@code SET}. Never sent.
 */
public record VersionedValue(String value, long version, EntryStatus status, long sinceNanos) {
    /** {@return whether readers see nothing under the key} */
    public boolean isDeleted() {
        return status == EntryStatus.TOMBSTONE;
    }
}
