/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import io.gossip.core.state.NodeState;

/** Which members a delta may tell of, how urgently, and which keys it must not carry. */
public interface DeltaPolicy {
    /** How a member stands when a delta is put together. */
    enum Standing {
        /** By the priority of semantics §5. */
        NORMAL,
        /** Behind all members that are {@link #NORMAL} (W27). */
        LAST,
        /** Not at all. */
        EXCLUDED
    }

    /**
     * Ranks a member; asked only for those that the peer knows less of.
     *
     * @param node the member's state
     * @return how it stands
     */
    Standing standingOf(NodeState node);

    /**
     * Tells whether a key must not be sent. The peer is led past its versions all the same.
     *
     * @param key which
     * @return whether to leave it out
     */
    boolean withholds(String key);
}
