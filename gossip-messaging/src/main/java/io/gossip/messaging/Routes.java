/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.net.SocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which way messages go to each peer, and which proxies to stay connected with.
 *
 * <p>What this member was told to subscribe to comes first, then the proxies it names itself; else each peer is reached
 * directly, or through the first reachable of the proxies that the peer names.
 *
 * @param ways the peers by the address that messages to them are sent to
 * @param standing addresses to be connected with even if there is nothing to send: messages of others arrive there
 */
record Routes(Map<SocketAddress, Set<PeerId>> ways, Set<SocketAddress> standing) {
    /**
     * The routes of a member that is no proxy.
     *
     * @param own proxies it was told to use, the preferred one first; empty: none
     * @param peers all live peers
     * @param isReachable whether a proxy at an address answered lately
     */
    static Routes ofMember(List<SocketAddress> own, Collection<Peer> peers, Predicate<SocketAddress> isReachable) {
        Map<SocketAddress, Set<PeerId>> ways = new LinkedHashMap<>();
        Set<SocketAddress> standing = new LinkedHashSet<>(own);
        for (Peer peer : peers) {
            if (peer.isProxy()) {
                continue;
            }
            List<SocketAddress> proxies = own.isEmpty() ? peer.proxies() : own;
            Optional<SocketAddress> reachable =
                    proxies.stream().filter(isReachable).findFirst();
            SocketAddress way = proxies.isEmpty() ? peer.address() : reachable.orElse(proxies.get(0));
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
     */
    static Routes ofProxy(SocketAddress self, Collection<Peer> peers) {
        Set<SocketAddress> standing = new LinkedHashSet<>();
        for (Peer peer : peers) {
            if (peer.isProxy()) {
                standing.add(peer.address());
            } else if (!peer.proxies().contains(self)) {
                standing.addAll(peer.proxies());
            }
        }
        standing.remove(self);
        return new Routes(Map.of(), standing);
    }

    // Those before the first reachable one are tried as well, so that the preferred one is used again once it answers.
    private static List<SocketAddress> upTo(Optional<SocketAddress> reachable, List<SocketAddress> proxies) {
        return reachable
                .map(way -> proxies.subList(0, proxies.indexOf(way) + 1))
                .orElse(proxies);
    }
}
