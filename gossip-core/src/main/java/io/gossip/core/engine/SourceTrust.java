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

    private static final class Standing {
        int live;
        int everLive;
    }

    private final Map<GossipAddress, Standing> members = new HashMap<>();
    private Set<GossipAddress> seedNodes = Set.of();

    Level of(GossipAddress source) {
        Standing standing = members.get(source);
        if (standing != null && standing.live > 0 || seedNodes.contains(source)) {
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
        members.computeIfAbsent(address, a -> new Standing()).everLive++;
    }

    void forgotten(GossipAddress address) {
        members.computeIfPresent(address, (a, standing) -> --standing.everLive > 0 ? standing : null);
    }

    void becameLive(GossipAddress address) {
        Standing standing = members.get(address);
        if (standing != null) {
            standing.live++;
        }
    }

    void ceasedLive(GossipAddress address) {
        Standing standing = members.get(address);
        if (standing != null) {
            standing.live--;
        }
    }
}
