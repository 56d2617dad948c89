/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Handler;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live members that take messages, as they are now and as they change. Proxies are among them, this member is not.
 *
 * <p><b>Threads:</b> any; the handler is called on the event loop of the node.
 */
public interface PeerWatch {
    /** {@return who takes messages now; unmodifiable} */
    Map<PeerId, Peer> current();

    /**
     * Calls a handler whenever the peers have changed.
     *
     * @param handler replaces the former one; null for none
     * @return this
     */
    PeerWatch onChange(@Nullable Handler<Map<PeerId, Peer>> handler);
}
