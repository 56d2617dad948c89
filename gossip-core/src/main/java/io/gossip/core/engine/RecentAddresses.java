/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last few addresses something was noticed about, so that it is said once and not per datagram. */
final class RecentAddresses {
    private final Map<GossipAddress, Boolean> addresses = new LinkedHashMap<>();
    private final int capacity;

    RecentAddresses(int capacity) {
        this.capacity = capacity;
    }

    /** Returns whether the address was not among them; it is now. */
    boolean add(GossipAddress address) {
        if (addresses.putIfAbsent(address, Boolean.TRUE) != null) {
            return false;
        }
        if (addresses.size() > capacity) {
            addresses.remove(addresses.keySet().iterator().next());
        }
        return true;
    }
}
