/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

import java.util.Optional;

/**
 * How the store of a node is doing.
 *
 * @param state what it is up to
 * @param failures attempts to store that failed
 * @param lastError one line about the latest failure; empty if there was none
 * @param waitingBytes about how much memory the changes and callers take that wait for the store, with the batch that it
 *     is writing
 * @param refusedWrites writes that failed at once because too much waited
 */
public record StoreHealth(
        State state, long failures, Optional<String> lastError, long waitingBytes, long refusedWrites) {
    /**
     * A store for which nothing waits.
     *
     * @param state what it is up to
     * @param failures attempts to store that failed
     * @param lastError one line about the latest failure; empty if there was none
     */
    public StoreHealth(State state, long failures, Optional<String> lastError) {
        this(state, failures, lastError, 0, 0);
    }

    /** What a store is up to. */
    public enum State {
        /** The node has none: nothing survives a restart. */
        NONE,
        /** All that was acknowledged is durable. */
        STORING,
        /** The latest attempt failed, or has not ended for 10 s; the next write, or the next minute, tries again. */
        FAILING,
        /** The node is closed. */
        CLOSED
    }
}
