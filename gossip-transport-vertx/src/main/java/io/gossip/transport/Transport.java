/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Carries datagrams between members. {@link UdpTransport} is the one for production; decorate it to change what goes
 * over the wire.
 *
 * <p>The contract, quoted by number in the contract test:
 *
 * <ol>
 *   <li>{@link #open} binds and completes on the context it was called on; every handler of the socket runs on that
 *       context, and so do the completions of its futures.
 *   <li>Port 0 binds a free port; {@link GossipSocket#localAddress()} tells which.
 *   <li>An address that cannot be bound, because it is taken or not of this machine, fails the future of {@link #open}
 *       with a {@link java.net.BindException} whose message names the address.
 *   <li>A datagram arrives whole or not at all, unchanged, at most 65,507 bytes; a longer one fails the future of {@link
 *       GossipSocket#send}.
 *   <li>{@link Datagram#source()} is an address that an answer can be sent to.
 *   <li>An empty datagram may be dropped.
 *   <li>Success of a send means handed over, not delivered; a target where nobody listens is no error of the socket,
 *       which keeps working.
 *   <li>{@link GossipSocket#close()} may be called any number of times; after its future has completed, no handler is
 *       called, the address is free, and a send fails.
 *   <li>The broken handler is called at most once, when the socket can receive no more although nobody closed it. The
 *       owner closes it and opens another.
 *   <li>Datagrams that arrive while no handler is set are dropped.
 * </ol>
 */
public interface Transport {
    /**
     * Opens a socket. To be called on the context that will own it.
     *
     * @param vertx the instance whose event loops are used
     * @param listenAddress where to listen; port 0 for any free one
     * @return the open socket, or why it could not be opened
     */
    Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress);
}
