/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

/** How much all node states of one cluster state hold together, kept up to date by their {@link Entries}. */
final class StateSize {
    private long entries;
    private long bytes;

    /** Both may be negative, for what is held no longer. */
    void add(int moreEntries, long moreBytes) {
        entries += moreEntries;
        bytes += moreBytes;
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }
}
