/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses of the seed nodes: literals as they are, and for each host name the last good answer (W28). Confined.
 */
final class SeedBook {
    /** What a lookup meant compared with the one before. */
    enum Turn {
        SAME,
        FAILING,
        RECOVERED
    }

    private final Set<GossipAddress> literals = new HashSet<>();
    private final Map<HostPort, Set<GossipAddress>> lastGood = new LinkedHashMap<>();
    private final Set<HostPort> failing = new HashSet<>();

    SeedBook(List<String> seedNodes) {
        for (String text : seedNodes) {
            HostPort seedNode = HostPort.parse("seedNodes", text);
            seedNode.literal().ifPresentOrElse(literals::add, () -> lastGood.put(seedNode, Set.of()));
        }
    }

    /** Other seed nodes; what is known of those that stay is kept. */
    SeedBook changedTo(List<String> seedNodes) {
        SeedBook changed = new SeedBook(seedNodes);
        changed.lastGood.replaceAll((name, none) -> lastGood.getOrDefault(name, none));
        changed.failing.addAll(failing);
        changed.failing.retainAll(changed.lastGood.keySet());
        return changed;
    }

    /** The seed nodes that are to be looked up. */
    List<HostPort> names() {
        return List.copyOf(lastGood.keySet());
    }

    Turn resolved(HostPort name, Collection<byte[]> ips) {
        if (ips.isEmpty()) {
            return failed(name);
        }
        Set<GossipAddress> addresses = new HashSet<>();
        ips.forEach(ip -> addresses.add(GossipAddress.of(ip, name.port())));
        lastGood.put(name, addresses);
        return failing.remove(name) ? Turn.RECOVERED : Turn.SAME;
    }

    Turn failed(HostPort name) {
        return failing.add(name) ? Turn.FAILING : Turn.SAME;
    }

    Set<GossipAddress> addresses() {
        Set<GossipAddress> all = new HashSet<>(literals);
        lastGood.values().forEach(all::addAll);
        return all;
    }
}
