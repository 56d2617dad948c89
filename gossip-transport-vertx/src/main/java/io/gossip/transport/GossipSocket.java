/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/**
 * An open socket of a {@link Transport}, whose numbered contract covers it.
 *
 * <p><b>Threads:</b> confined to the context it was opened on.
 */
public interface GossipSocket {
    /** {@return where it listens, with the port that was really bound} */
    GossipAddress localAddress();

    /**
     * Sends one datagram.
     *
     * @param datagram its bytes, at most 65,507; owned by the socket from now on
     * @param target where to
     * @return completes when it was handed over; fails when it could not be
     */
    Future<Void> send(byte[] datagram, GossipAddress target);

    /**
     * Sets who receives datagrams.
     *
     * @param handler called with each datagram, on the context of the socket
     * @return this
     */
    GossipSocket datagramHandler(Handler<Datagram> handler);

    /**
     * Sets who is told that the socket is broken.
     *
     * @param handler called at most once, with the reason, on the context of the socket
     * @return this
     */
    GossipSocket brokenHandler(Handler<Throwable> handler);

    /**
     * Stops receiving and frees the address.
     *
     * @return completes when that is done
     */
    Future<Void> close();
}
