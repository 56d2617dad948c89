/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.BindException;

/**
 * UDP on the event loops of Vert.x; over its native transport when that is on the class path and preferred.
 *
 * <p>The receive buffer is the kernel's queue of datagrams that nobody read yet: a small one loses most of a burst.
 *
 * <p>Link-local IPv6 addresses are received without their scope, so that answers to them may not find the way.
 *
 * <p><b>Threads:</b> immutable.
 */
public final class UdpTransport implements Transport {
    /** Size of the receive buffer unless another one is asked for: 1 MiB. */
    public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 1024 * 1024;

    /** Most bytes that a UDP datagram over IPv4 can carry. */
    static final int MAX_DATAGRAM_BYTES = 65_507;

    private static final int MAX_RECEIVE_BUFFER_BYTES = 64 * 1024 * 1024;

    private final int receiveBufferBytes;

    /** A transport with the default receive buffer. */
    public UdpTransport() {
        this(DEFAULT_RECEIVE_BUFFER_BYTES);
    }

    /**
     * A transport with a given receive buffer.
     *
     * @param receiveBufferBytes bytes of the kernel's queue, which the kernel may cap, 65,507 to 64 MiB
     * @throws IllegalArgumentException if the number is out of bounds
     */
    public UdpTransport(int receiveBufferBytes) {
        this.receiveBufferBytes = OptionRules.between(
                "receiveBufferBytes", receiveBufferBytes, MAX_DATAGRAM_BYTES, MAX_RECEIVE_BUFFER_BYTES);
    }

    @Override
    public Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        return opened(context, listenAddress)
                .<GossipSocket>map(socket -> socket)
                .recover(failure -> Future.failedFuture(named(listenAddress, failure)));
    }

    // Netty throws when the system has no socket left: that must not end the attempts to open it again.
    private Future<UdpSocket> opened(ContextInternal context, GossipAddress listenAddress) {
        try {
            return UdpSocket.open(context, listenAddress, receiveBufferBytes);
        } catch (RuntimeException noSocket) {
            return Future.failedFuture(noSocket);
        }
    }

    private static BindException named(GossipAddress listenAddress, Throwable failure) {
        BindException named = new BindException("cannot listen on UDP " + listenAddress + ": "
                + Failures.oneLine(failure) + "; set another listenAddress");
        named.initCause(failure);
        return named;
    }
}
