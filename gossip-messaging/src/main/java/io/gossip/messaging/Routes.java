/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which way messages go to each peer, and which proxies to stay connected with.
 *
 * <p>What this member was told to subscribe to comes first, then the proxies it names itself; else each peer is reached
 * directly, or through the first reachable of the proxies that the peer names.
 *
 * @param ways the peers by the address that messages to them are sent to
 * @param standing addresses to be connected with even if there is nothing to send: messages of others arrive there
 */
record Routes(Map<HostPort, Set<PeerId>> ways, Set<HostPort> standing) {
    /**
     * The routes of a member that is no proxy.
     *
     * @param told proxies it was told to use, the preferred one first; empty: none
     * @param peers all live peers
     * @param reach which addresses answer, and which are second names of others
     */
    static Routes ofMember(List<HostPort> told, Collection<Peer> peers, Reach reach) {
        Map<HostPort, Set<PeerId>> ways = new LinkedHashMap<>();
        List<HostPort> own = reach.preferred(told);
        Set<HostPort> standing = new LinkedHashSet<>(own);
        for (Peer peer : peers) {
            if (peer.isProxy()) {
                continue;
            }
            List<HostPort> proxies = own.isEmpty() ? reach.preferred(peer.proxies()) : own;
            Optional<HostPort> reachable =
                    proxies.stream().filter(reach::isOpen).findFirst();
            HostPort way = proxies.isEmpty() ? peer.address() : reachable.orElse(proxies.get(0));
            ways.computeIfAbsent(way, none -> new LinkedHashSet<>()).add(peer.id());
            standing.addAll(upTo(reachable, proxies));
        }
        return new Routes(ways, standing);
    }

    /**
     * The routes of a proxy: it sends nothing of its own, but stays connected with the proxies of peers that do not name
     * it.
     *
     * @param self where it answers
     * @param peers all live peers
     * @param reach which addresses are second names of others, this proxy's own included
     */
    static Routes ofProxy(HostPort self, Collection<Peer> peers, Reach reach) {
        Set<HostPort> standing = new LinkedHashSet<>();
        for (Peer peer : peers) {
            if (peer.isProxy()) {
                standing.add(reach.preferred(peer.address()));
            } else {
                List<HostPort> proxies = reach.preferred(peer.proxies());
                standing.addAll(proxies.contains(self) ? List.of() : proxies);
            }
        }
        standing.remove(self);
        return new Routes(Map.of(), standing);
    }

    // Those before the first reachable one are tried as well, so that the preferred one is used again once it answers.
    private static List<HostPort> upTo(Optional<HostPort> reachable, List<HostPort> proxies) {
        return reachable
                .map(way -> proxies.subList(0, proxies.indexOf(way) + 1))
                .orElse(proxies);
    }
}
