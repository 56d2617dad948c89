/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.event;

/** What this node thinks of a listed member. */
public enum MemberState {
    /** Heartbeats arrive as expected; always so for this node itself. */
    LIVE,
    /** Silent, not yet heard often enough, or retired by a live successor of the same node id. */
    DEAD,
    /** Said goodbye. */
    LEFT
}
