/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * UDP over Vert.x datagram sockets.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class UdpTransport implements Transport {
    /** Size of the receive buffer unless another one is asked for: 1 MiB. */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 1024 * 1024;

    private final int receiveBufferBytes;

    /** A transport with the default receive buffer. */
    public UdpTransport() {
        this(DEFAULT_RECEIVE_BUFFER_BYTES);
    }

    /**
     * A transport with a given receive buffer.
     *
     * @param receiveBufferBytes bytes of the kernel's queue and of the read buffer, 65,507 to 64 MiB
     * @throws IllegalArgumentException if the number is out of bounds
     */
    public UdpTransport(int receiveBufferBytes) {
        this.receiveBufferBytes = receiveBufferBytes;
    }

    @Override
    public Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress) {
        throw new UnsupportedOperationException("not here yet " + receiveBufferBytes);
    }
}
