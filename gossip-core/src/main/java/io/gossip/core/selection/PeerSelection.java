/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.selection;

import io.gossip.core.identity.GossipAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The targets of one round. The three picks are independent: an address may stand in more than one of them.
 *
 * @param live distinct addresses of live members, or of known ones while none is live
 * @param dead a dead member to try again; null for none this round
 * @param seed a seed node; null for none this round
 */
public record PeerSelection(
        List<GossipAddress> live,
        @Nullable GossipAddress dead,
        @Nullable GossipAddress seed) {
    /** Copies the list. */
    public PeerSelection {
        live = List.copyOf(live);
    }
}
