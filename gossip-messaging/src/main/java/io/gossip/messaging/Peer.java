/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.net.SocketAddress;
import java.util.List;

/**
 * Another member that takes messages, as its own advertisement tells.
 *
 * @param identity who it is
 * @param run which of its talks, one after the other, this is; 0 for a proxy
 * @param isProxy whether it passes on messages of others instead of taking part in the talk
 * @param address where it answers, TCP
 * @param proxies through which it wants to be reached, in its order of preference; empty: directly
 */
public record Peer(
        NodeIdentity identity, long run, boolean isProxy, SocketAddress address, List<SocketAddress> proxies) {
    /**
     * Copies the list.
     *
     * @param identity who it is
     * @param run which of its talks, one after the other, this is; 0 for a proxy
     * @param isProxy whether it passes on messages of others instead of taking part in the talk
     * @param address where it answers, TCP
     * @param proxies through which it wants to be reached, in its order of preference; empty: directly
     */
    public Peer {
        proxies = List.copyOf(proxies);
    }

    /** {@return how messages name it} */
    public PeerId id() {
        return PeerId.of(identity, run);
    }
}
