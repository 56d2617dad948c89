/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What answers at which address. Whoever is connected with takes one connection of this member at a time, so of two
 * addresses that lead to the same one only one can be of use: as long as it is connected, the other one is only a second name for
 * it.
 *
 * <p>Confined to one event loop.
 */
final class Reach {
    private final Map<HostPort, PeerId> answered = new HashMap<>(); // kept when the connection ends
    private final Map<PeerId, Set<HostPort>> open = new HashMap<>();

    /**
     * A connection to an address may be used.
     *
     * @return whether that is news
     */
    boolean opened(HostPort address, PeerId who) {
        boolean isNews = !isOpen(address) || !who.equals(answered.get(address));
        answered(address, who);
        open.computeIfAbsent(who, none -> new LinkedHashSet<>()).add(address);
        return isNews;
    }

    /** Somebody answered at an address, but the connection may not be used. */
    void answered(HostPort address, PeerId who) {
        failed(address);
        answered.put(address, who);
    }

    /**
     * There is no connection to an address, or no longer.
     *
     * @return whether that is news
     */
    boolean failed(HostPort address) {
        PeerId who = answered.get(address);
        Set<HostPort> connected = who == null ? null : open.get(who);
        if (connected == null || !connected.remove(address)) {
            return false;
        }
        if (connected.isEmpty()) {
            open.remove(who);
        }
        return true;
    }

    boolean isOpen(HostPort address) {
        return sameAs(address).contains(address);
    }

    /** The address to use for another one: the one that who answered there last is connected at, if any. */
    HostPort preferred(HostPort address) {
        Set<HostPort> connected = sameAs(address);
        return connected.isEmpty() || connected.contains(address)
                ? address
                : connected.iterator().next();
    }

    /** The addresses to use for those, in the same order, each once. */
    List<HostPort> preferred(List<HostPort> addresses) {
        return addresses.stream().map(this::preferred).distinct().toList();
    }

    /** Where who answered there last is connected at. */
    private Set<HostPort> sameAs(HostPort address) {
        PeerId who = answered.get(address);
        return who == null ? Set.of() : open.getOrDefault(who, Set.of());
    }

    /** Forgets what answered at addresses that nobody names any longer. */
    void retain(Predicate<HostPort> isNamed) {
        answered.keySet().removeIf(address -> !isOpen(address) && !isNamed.test(address));
    }
}
