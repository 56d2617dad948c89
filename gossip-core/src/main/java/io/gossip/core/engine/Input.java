/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import java.util.Set;

/** Something that happened outside the engine. */
public sealed interface Input {
    /**
     * A datagram arrived.
     *
     * @param datagram its bytes; not changed, not kept
     * @param source where it came from; answers go there
     */
    record Received(byte[] datagram, GossipAddress source) implements Input {}

    /** The gossip interval is over (or the node has just started): one round is due. */
    record RoundDue() implements Input {}

    /**
     * Someone asks for a handshake with an address now.
     *
     * @param target where to send a SYN
     */
    record GossipRequested(GossipAddress target) implements Input {}

    /**
     * The seed nodes were resolved.
     *
     * @param addresses all addresses of all seed nodes; replaces the former set
     */
    record SeedNodesResolved(Set<GossipAddress> addresses) implements Input {
        /**
         * Copies the set.
         *
         * @param addresses all addresses of all seed nodes
         */
        public SeedNodesResolved {
            addresses = Set.copyOf(addresses);
        }
    }

    /** Someone wants to follow the live nodes: hand out what they are now, and every change from now on. */
    record LiveNodesWatched() implements Input {}

    /**
     * The node is to take part in another way from now on. Nobody is found dead, and nothing is dropped, because of the
     * change alone: what is held beyond a lower limit stays until it goes by itself.
     *
     * @param config the whole configuration; what {@link GossipConfig#requireSameForLife} names must be as before
     */
    record Reconfigured(GossipConfig config) implements Input {}

    /** The node is about to close: tell the others. SYN-ACKs that arrive afterwards should still be handed in. */
    record LeaveRequested() implements Input {}
}
