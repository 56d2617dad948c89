/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.selection;

import io.gossip.core.identity.GossipAddress;
import java.util.List;

/**
 * Who could be gossiped with. In each list addresses are distinct, in any order, and our own is left out.
 *
 * <p>The lists are not copied, so that a selection costs no more than the fanout: they must not change while it runs.
 *
 * @param known advertised addresses of all known members
 * @param live those of the live ones
 * @param dead those of the dead ones, including those scheduled for deletion
 * @param seeds addresses of the seed nodes
 */
public record Peers(
        List<GossipAddress> known, List<GossipAddress> live, List<GossipAddress> dead, List<GossipAddress> seeds) {}
