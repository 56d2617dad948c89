/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.HttpAddress;
import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Another member that takes messages, as its own advertisement tells.
 *
 * @param identity who it is
 * @param run which of its talks, one after the other, this is; 0 for a proxy
 * @param isProxy whether it passes on messages of others instead of taking part in the talk
 * @param address where it answers, TCP
 * @param proxies through which it wants to be reached, in its order of preference; empty: directly
 * @param maxPayloadBytes the largest payload that it takes or passes on; {@link #NOT_SAID} if it does not say
 * @param http where it answers HTTP; null if it does not say
 */
public record Peer(
        NodeIdentity identity,
        long run,
        boolean isProxy,
        HostPort address,
        List<HostPort> proxies,
        int maxPayloadBytes,
        @Nullable HttpAddress http) {
    /** Stands for the largest payload of a member that does not tell. */
    public static final int NOT_SAID = Integer.MAX_VALUE;

    /**
     * Copies the list.
     *
     * @param identity who it is
     * @param run which of its talks, one after the other, this is; 0 for a proxy
     * @param isProxy whether it passes on messages of others instead of taking part in the talk
     * @param address where it answers, TCP
     * @param proxies through which it wants to be reached, in its order of preference; empty: directly
     * @param maxPayloadBytes the largest payload that it takes or passes on; {@link #NOT_SAID} if it does not say
     * @param http where it answers HTTP; null if it does not say
     */
    public Peer {
        proxies = List.copyOf(proxies);
    }

    /** {@return how messages name it} */
    public PeerId id() {
        return PeerId.of(identity, run);
    }
}
