/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.Datagram;
import io.gossip.transport.GossipSocket;
import io.gossip.transport.Transport;
import io.gossip.transport.UdpTransport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** UDP that counts what is sent, and loses some of it when asked to. */
final class CountingTransport implements Transport {
    final LongAdder messages = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder failed = new LongAdder();
    volatile int dropPermille;

    private final UdpTransport udp = new UdpTransport();

    @Override
    public Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress) {
        return udp.open(vertx, listenAddress).map(Counting::new);
    }

    private final class Counting implements GossipSocket {
        private final GossipSocket socket;

        Counting(GossipSocket socket) {
            this.socket = socket;
        }

        @Override
        public GossipAddress localAddress() {
            return socket.localAddress();
        }

        @Override
        public Future<Void> send(byte[] datagram, GossipAddress target) {
            if (dropPermille > 0 && ThreadLocalRandom.current().nextInt(1_000) < dropPermille) {
                return Future.succeededFuture();
            }
            messages.increment();
            bytes.add(datagram.length);
            Future<Void> sent = socket.send(datagram, target);
            if (!sent.succeeded()) {
                sent.onFailure(failure -> failed.increment());
            }
            return sent;
        }

        @Override
        public GossipSocket datagramHandler(Handler<Datagram> handler) {
            socket.datagramHandler(handler);
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
