/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose word counts about whom, judged by the address a datagram came from.
 *
 * <p>The protocol has no authentication, so the address is all there is. The rule is: <em>strangers speak only for
 * themselves</em>. A live member or a seed node may name members we do not know; an address at which a member has ever
 * been live may tell of members we know; anyone else is heard only about the identity that advertises the very address
 * the datagram came from. See the decision record on strangers.
 */
final class SourceTrust {
    /** What an address may tell us about other members. */
    enum Level {
        /** Anything, unknown members included. */
        VOUCHES,
        /** News of members that we know. */
        ACQUAINTED,
        /** Nothing. */
        STRANGER
    }

    /** How many members of an address are live, and have ever been: one each, almost always. */
    private record Standing(int live, int everLive) {
        private static final Standing NONE = new Standing(0, 0);
        private static final Standing ACQUAINTANCE = new Standing(0, 1);
        private static final Standing MEMBER = new Standing(1, 1);

        Standing plus(int moreLive, int moreEverLive) {
            Standing sum = new Standing(live + moreLive, everLive + moreEverLive);
            return sum.equals(MEMBER) ? MEMBER : sum.equals(ACQUAINTANCE) ? ACQUAINTANCE : sum;
        }
    }

    private final Map<GossipAddress, Standing> members = new HashMap<>();
    private Set<GossipAddress> seedNodes = Set.of();

    Level of(GossipAddress source) {
        Standing standing = members.get(source);
        if ((standing != null && standing.live > 0) || seedNodes.contains(source)) {
            return Level.VOUCHES;
        }
        return standing != null ? Level.ACQUAINTED : Level.STRANGER;
    }

    boolean isLiveMember(GossipAddress source) {
        Standing standing = members.get(source);
        return standing != null && standing.live > 0;
    }

    void seedNodes(Set<GossipAddress> addresses) {
        seedNodes = addresses;
    }

    void becameAcquainted(GossipAddress address) {
        members.put(address, members.getOrDefault(address, Standing.NONE).plus(0, 1));
    }

    void forgotten(GossipAddress address) {
        members.computeIfPresent(address, (a, standing) -> standing.everLive > 1 ? standing.plus(0, -1) : null);
    }

    void becameLive(GossipAddress address) {
        members.computeIfPresent(address, (a, standing) -> standing.plus(1, 0));
    }

    void ceasedLive(GossipAddress address) {
        members.computeIfPresent(address, (a, standing) -> standing.plus(-1, 0));
    }
}
