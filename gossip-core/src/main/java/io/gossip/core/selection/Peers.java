/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.selection;

import io.gossip.core.identity.GossipAddress;
import java.util.List;

/**
 * Who could be gossiped with. In each list addresses are distinct, in any order, and our own is left out.
 *
 * @param known advertised addresses of all known members
 * @param live those of the live ones
 * @param dead those of the dead ones, including those scheduled for deletion
 * @param seeds addresses of the seed nodes
 */
public record Peers(
        List<GossipAddress> known, List<GossipAddress> live, List<GossipAddress> dead, List<GossipAddress> seeds) {
    /** Copies the lists that are not immutable yet. */
    public Peers {
        known = List.copyOf(known);
        live = List.copyOf(live);
        dead = List.copyOf(dead);
        seeds = List.copyOf(seeds);
    }
}
