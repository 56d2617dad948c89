/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

import java.io.IOException;
import java.util.List;

/**
 * Keeps what one node remembers across restarts.
 *
 * <p>What an implementation promises:
 *
 * <ol>
 *   <li>Who opens it has it alone until it is closed; a second attempt fails with a message that says what to change.
 *   <li>When {@link #append} has returned, its records survive the end of the process and of the machine.
 *   <li>What an interrupted {@code append} leaves behind is a prefix of its records.
 *   <li>Records of an {@code append} that failed are not forgotten while the store is open: the next one that succeeds,
 *       even of an empty list, makes them durable as well.
 *   <li>Damage is no reason to fail: {@link #open} says so in the log and returns what could be read.
 *   <li>It may be opened again after it was closed.
 * </ol>
 *
 * <p>Its {@code toString()} names it in messages to people.
 *
 * <p><b>Threads:</b> one call at a time, each on a thread that may block; not always the same one.
 */
public interface MemberStore {
    /**
     * Takes possession and reads.
     *
     * @return what the last run left
     * @throws IOException if the store cannot be used, or holds what a later version wrote; with one line that names it and
     *     says what to change
     */
    MemberMemory open() throws IOException;

    /**
     * Makes records durable, in this order.
     *
     * @param records may be empty; may hold {@link MemberRecord.OnlyKeys}, after many changes waited for the store, which
     *     {@link MemoryImage#gone} turns into plain records
     * @throws IOException if they are not durable now
     */
    void append(List<MemberRecord> records) throws IOException;

    /** Gives the store up. Does nothing if it is not open. */
    void close();
}
