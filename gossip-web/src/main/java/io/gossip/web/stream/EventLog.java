/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import io.gossip.core.state.KeyChange;
import io.gossip.eventbus.ClusterPublication;
import io.gossip.eventbus.KeysPublication;
import io.gossip.eventbus.MembersPublication;
import io.gossip.web.document.Chunks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of one generation, the only buffer that all streams share: a stream is a place in it. What exceeds the
 * bounds goes, the oldest first, whoever still wants it.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class EventLog {
    static final int MAX_EVENTS = 8_192;
    private static final int ENTRY_BYTES = 256; // an event, or a part of one, without its texts

    private final long maxBytes;
    private final @Nullable Entry[] ring = new @Nullable Entry[MAX_EVENTS];
    private long generation;
    private long firstSequence = 1;
    private long lastSequence;
    private long bytes;

    EventLog(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Forgets everything and begins behind a sequence. */
    void restart(long newGeneration, long sequence) {
        Arrays.fill(ring, null);
        bytes = 0;
        generation = newGeneration;
        firstSequence = sequence + 1;
        lastSequence = sequence;
    }

    /** Adds the publication behind the last one. */
    void add(ClusterPublication publication) {
        if (lastSequence - firstSequence + 1 == MAX_EVENTS) {
            removeFirst();
        }
        Entry entry = new Entry(publication);
        lastSequence = publication.sequence();
        ring[place(lastSequence)] = entry;
        bytes += entry.bytes;
        trim();
    }

    /** Keeps the bytes of an event, if it is still there, instead of the event. */
    void setFrame(Entry entry, Chunks frame) {
        long sequence = entry.sequence;
        if (at(sequence) == entry) {
            bytes += frame.length() + ENTRY_BYTES - entry.bytes;
            entry.bytes = frame.length() + ENTRY_BYTES;
            entry.frame = frame;
            entry.publication = null;
            trim();
        }
    }

    /** The event with a sequence; null if it is gone, or not there yet. */
    @Nullable
    Entry at(long sequence) {
        return sequence < firstSequence || sequence > lastSequence ? null : ring[place(sequence)];
    }

    /** Generation of the node whose events these are, unsigned. */
    long generation() {
        return generation;
    }

    /** Sequence of the latest event, there or gone. */
    long lastSequence() {
        return lastSequence;
    }

    /** Whether all events behind a sequence are still there. */
    boolean holdsAllAfter(long sequence) {
        return sequence >= firstSequence - 1 && sequence <= lastSequence;
    }

    /** About the memory that the events take. */
    long bytes() {
        return bytes;
    }

    private void trim() {
        while (bytes > maxBytes && firstSequence < lastSequence) {
            removeFirst();
        }
    }

    private void removeFirst() {
        Entry first = ring[place(firstSequence)];
        bytes -= first == null ? 0 : first.bytes;
        ring[place(firstSequence)] = null;
        firstSequence++;
    }

    private static int place(long sequence) {
        return (int) Long.remainderUnsigned(sequence, MAX_EVENTS);
    }

    /** One event: first as it was published, then, once somebody wanted it, its bytes. */
    static final class Entry {
        private final long sequence;
        private @Nullable ClusterPublication publication;
        private @Nullable Chunks frame;
        private long bytes;

        Entry(ClusterPublication publication) {
            this.sequence = publication.sequence();
            this.publication = publication;
            this.bytes = estimate(publication);
        }

        @Nullable
        ClusterPublication publication() {
            return publication;
        }

        @Nullable
        Chunks frame() {
            return frame;
        }

        private static long estimate(ClusterPublication publication) {
            if (publication instanceof KeysPublication keys) {
                long sum = ENTRY_BYTES;
                for (KeyChange change : keys.changes()) {
                    sum += ENTRY_BYTES + change.key().length() + change.value().length();
                }
                return sum;
            }
            if (publication instanceof MembersPublication members) {
                int identities = members.joined().size()
                        + members.alive().size()
                        + members.dead().size()
                        + members.left().size()
                        + members.removed().size()
                        + members.liveNodes().size();
                return ENTRY_BYTES * (1L + identities);
            }
            throw new AssertionError("unhandled publication: " + publication);
        }
    }
}
