/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

/**
 * Whether a node may be relied on: its picture of the cluster is more than itself, or nobody said that there is more.
 *
 * <p>Once a peer has answered, losing all peers does not undo it: taking every member out of service because of a
 * partition would only add to the trouble.
 *
 * @param ready whether others may be sent here
 * @param reason why, or why not: one line for people
 */
public record Readiness(boolean ready, String reason) {}
