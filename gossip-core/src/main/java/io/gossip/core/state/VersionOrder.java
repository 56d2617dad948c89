/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import org.jspecify.annotations.Nullable;

/**
 * The entries of one node state from oldest to newest version, as a doubly linked list.
 *
 * <p>New versions are greater than all before, so appending keeps the order; only a state that is replaced as a whole
 * needs sorting. What a peer lacks stands at the newest end: it is found in as many steps as entries are missing.
 */
final class VersionOrder {
    private @Nullable Entry oldest;
    private @Nullable Entry newest;

    void append(Entry entry) {
        entry.older = newest;
        entry.newer = null;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
    }

    void remove(Entry entry) {
        if (entry.older == null) {
            oldest = entry.newer;
        } else {
            entry.older.newer = entry.newer;
        }
        if (entry.newer == null) {
            newest = entry.older;
        } else {
            entry.newer.older = entry.older;
        }
        entry.older = null;
        entry.newer = null;
    }

    void clear() {
        oldest = null;
        newest = null;
    }

    @Nullable
    Entry oldest() {
        return oldest;
    }

    /** The oldest entry above a version; null if there is none. */
    @Nullable
    Entry firstAbove(long version) {
        if (version == 0) {
            return oldest;
        }
        Entry first = null;
        for (Entry entry = newest; isAbove(entry, version); entry = entry.older) {
            first = entry;
        }
        return first;
    }

    int countAbove(long version) {
        int count = 0;
        for (Entry entry = newest; isAbove(entry, version); entry = entry.older) {
            count++;
        }
        return count;
    }

    private static boolean isAbove(@Nullable Entry entry, long version) {
        return entry != null && Long.compareUnsigned(entry.version, version) > 0;
    }
}
