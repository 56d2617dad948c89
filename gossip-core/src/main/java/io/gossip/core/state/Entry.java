/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import io.gossip.core.identity.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * One key of a node state, linked into the version order and, when it will be collected, into an expiry queue.
 *
 * <p>Heap per key (64-bit, compressed references), without the text of key and value: 40 bytes here, 32 for the
 * {@link KeyMutation} and 40 for the tree node; 40 more for the {@link ExpiryQueue.Ticket} of a tombstone or a
 * limited value. The mutation is the very object that deltas and snapshots carry, so neither allocates per entry.
 */
final class Entry {
    final int keyBytes;
    KeyMutation mutation;
    int valueBytes;

    @Nullable
    Entry older;

    @Nullable
    Entry newer;

    ExpiryQueue.@Nullable Ticket ticket;

    Entry(KeyMutation mutation) {
        this.mutation = mutation;
        this.keyBytes = Utf8.length(mutation.key());
        this.valueBytes = Utf8.length(mutation.value());
    }

    long version() {
        return mutation.version();
    }

    boolean isVisible() {
        return mutation.status() != EntryStatus.TOMBSTONE;
    }

    boolean isNewerThan(long floor) {
        return Long.compareUnsigned(mutation.version(), floor) > 0;
    }
}
