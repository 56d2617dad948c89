/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import org.jspecify.annotations.Nullable;

/**
 * Tombstones and limited values waiting to be collected, longest waiting first. Adding at the present time, removing
 * and finding the first cost the same however many wait; an overwritten entry leaves at once, so the queue never holds
 * more tickets than there are such entries.
 */
final class ExpiryQueue {
    /** One waiting entry. */
    static final class Ticket {
        final NodeState owner;
        final Entry entry;
        final long sinceNanos;
        private @Nullable ExpiryQueue queue;
        private @Nullable Ticket earlier;
        private @Nullable Ticket later;

        Ticket(NodeState owner, Entry entry, long sinceNanos) {
            this.owner = owner;
            this.entry = entry;
            this.sinceNanos = sinceNanos;
        }

        boolean isDue(long graceNanos, long nowNanos) {
            return nowNanos - sinceNanos >= graceNanos;
        }

        @Nullable
        Ticket later() {
            return later;
        }

        /** Takes it out of the queue it waits in, if any. */
        void leave() {
            if (queue != null) {
                queue.link(earlier, later);
                queue = null;
                earlier = null;
                later = null;
            }
        }
    }

    private @Nullable Ticket first;
    private @Nullable Ticket last;

    /** Time runs forward, so the loop ends at once unless a caller's clock does not. */
    void add(Ticket ticket) {
        Ticket before = last;
        while (before != null && before.sinceNanos - ticket.sinceNanos > 0) {
            before = before.earlier;
        }
        Ticket after = before == null ? first : before.later;
        link(before, ticket);
        link(ticket, after);
        ticket.queue = this;
    }

    @Nullable
    Ticket first() {
        return first;
    }

    private void link(@Nullable Ticket earlier, @Nullable Ticket later) {
        if (earlier == null) {
            first = later;
        } else {
            earlier.later = later;
        }
        if (later == null) {
            last = earlier;
        } else {
            later.earlier = earlier;
        }
    }
}
