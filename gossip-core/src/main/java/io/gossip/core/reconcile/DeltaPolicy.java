/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;

/** What a delta may tell of, as its builder is told. */
public interface DeltaPolicy {
    /** Everything may be told. */
    DeltaPolicy EVERYTHING = new DeltaPolicy() {
        @Override
        public Standing standingOf(NodeState node) {
            return Standing.NORMAL;
        }

        @Override
        public boolean withholds(String key) {
            return false;
        }
    };

    /** How a member stands in a delta. */
    enum Standing {
        /** In its place by urgency. */
        NORMAL,
        /** Behind all others. */
        LAST,
        /** Not at all. */
        EXCLUDED
    }

    /**
     * Tells how a member stands; asked only about members of which there is something to tell.
     *
     * @param node the member's state
     * @return its standing
     */
    Standing standingOf(NodeState node);

    /**
     * Tells whether a key is never sent; those behind it still are.
     *
     * @param key the key
     * @return whether it is left out
     */
    boolean withholds(String key);
}
