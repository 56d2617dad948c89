/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.Datagram;
import io.gossip.transport.GossipSocket;
import io.gossip.transport.Transport;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;

/** UDP with a cable that can be pulled: a member that falls silent without a goodbye. */
final class UnpluggableTransport implements Transport {
    private final UdpTransport udp = new UdpTransport();
    private volatile boolean unplugged;

    void unplug() {
        unplugged = true;
    }

    @Override
    public Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress) {
        return udp.open(vertx, listenAddress).map(Cable::new);
    }

    private final class Cable implements GossipSocket {
        private final GossipSocket socket;

        Cable(GossipSocket socket) {
            this.socket = socket;
        }

        @Override
        public GossipAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public Future<Void> send(byte[] datagram, GossipAddress target) {
            return unplugged ? Future.succeededFuture() : socket.send(datagram, target);
        }

        @Override
        public GossipSocket datagramHandler(Handler<Datagram> handler) {
            socket.datagramHandler(datagram -> {
                if (!unplugged) {
                    handler.handle(datagram);
                }
            });
            return this;
        }

        @Override
        public GossipSocket brokenHandler(Handler<Throwable> handler) {
            socket.brokenHandler(handler);
            return this;
        }

        @Override
        public Future<Void> close() {
            return socket.close();
        }
    }
}
