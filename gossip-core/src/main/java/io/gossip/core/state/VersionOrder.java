/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import org.jspecify.annotations.Nullable;

/**
 * The entries of one node state by version, oldest first: a list linked through the entries. What a peer lacks is its
 * tail, so finding it costs as many steps as the peer is behind. Equal versions (W6) stand next to each other in order
 * of arrival.
 */
final class VersionOrder {
    private @Nullable Entry oldest;
    private @Nullable Entry newest;

    /** Versions arrive in ascending order, so the loop ends at once in all but odd cases. */
    void insert(Entry entry) {
        Entry before = newest;
        while (before != null && before.isNewerThan(entry.version())) {
            before = before.older;
        }
        Entry after = before == null ? oldest : before.newer;
        link(before, entry);
        link(entry, after);
    }

    void remove(Entry entry) {
        link(entry.older, entry.newer);
        entry.older = null;
        entry.newer = null;
    }

    private void link(@Nullable Entry older, @Nullable Entry newer) {
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
    }

    void clear() {
        oldest = null;
        newest = null;
    }

    @Nullable
    Entry oldest() {
        return oldest;
    }

    boolean hasNewerThan(long floor) {
        return newest != null && newest.isNewerThan(floor);
    }

    /** Walks back from the newest, unless everything is newer, which the oldest entry tells. */
    @Nullable
    Entry firstNewerThan(long floor) {
        if (oldest == null || oldest.isNewerThan(floor)) {
            return oldest;
        }
        Entry first = null;
        for (Entry entry = newest; entry != null && entry.isNewerThan(floor); entry = entry.older) {
            first = entry;
        }
        return first;
    }

    int countNewerThan(long floor) {
        int count = 0;
        for (Entry entry = newest; entry != null && entry.isNewerThan(floor); entry = entry.older) {
            count++;
        }
        return count;
    }
}
