/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.Datagram;
import io.gossip.transport.GossipSocket;
import io.gossip.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what really goes over another transport. */
final class CountingTransport implements Transport {
    final AtomicLong sent = new AtomicLong();
    final AtomicLong sentBytes = new AtomicLong();
    final AtomicLong received = new AtomicLong();
    final AtomicLong receivedBytes = new AtomicLong();
    private final Transport actual;

    CountingTransport(Transport actual) {
        this.actual = actual;
    }

    @Override
    public Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress) {
        return actual.open(vertx, listenAddress).map(Counted::new);
    }

    private final class Counted implements GossipSocket {
        private final GossipSocket socket;

        Counted(GossipSocket socket) {
            this.socket = socket;
        }

        @Override
        public GossipAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public Future<Void> send(byte[] datagram, GossipAddress target) {
            sent.incrementAndGet();
            sentBytes.addAndGet(datagram.length);
            return socket.send(datagram, target);
        }

        @Override
        public GossipSocket datagramHandler(Handler<Datagram> handler) {
            socket.datagramHandler(datagram -> {
                received.incrementAndGet();
                receivedBytes.addAndGet(datagram.bytes().length);
                handler.handle(datagram);
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
