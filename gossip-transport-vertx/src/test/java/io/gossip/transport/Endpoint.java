/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An open socket for tests: driven from the test's thread, remembers what arrives and on which context. */
final class Endpoint {
    final GossipSocket socket;
    final BlockingQueue<Datagram> received = new LinkedBlockingQueue<>();
    final List<Throwable> broken = new CopyOnWriteArrayList<>();
    final List<@Nullable Context> contexts = new CopyOnWriteArrayList<>();
    final Context context;

    private Endpoint(GossipSocket socket, Context context) {
        this.socket = socket;
        this.context = context;
        socket.datagramHandler(datagram -> {
            contexts.add(Vertx.currentContext());
            received.add(datagram);
        });
        socket.brokenHandler(failure -> {
            contexts.add(Vertx.currentContext());
            broken.add(failure);
        });
    }

    static Future<Endpoint> tryOpen(Vertx vertx, Transport transport, GossipAddress address) {
        return Waiting.onContext(vertx, () -> {
            Context context = vertx.getOrCreateContext();
            return transport.open(vertx, address).map(socket -> new Endpoint(socket, context));
        });
    }

    static Endpoint open(Vertx vertx, Transport transport, GossipAddress address) {
        return Waiting.get(tryOpen(vertx, transport, address));
    }

    GossipAddress address() {
        return socket.localAddress();
    }

    Future<Void> send(byte[] datagram, GossipAddress target) {
        return on(() -> socket.send(datagram, target));
    }

    Future<Void> close() {
        return on(socket::close);
    }

    Datagram next() {
        try {
            Datagram datagram = received.poll(Waiting.BOUND_SECONDS, TimeUnit.SECONDS);
            if (datagram == null) {
                throw new AssertionError("nothing arrived at " + address());
            }
            return datagram;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<Void> on(Supplier<Future<Void>> task) {
        Promise<Void> promise = Promise.promise();
        context.runOnContext(ignored -> task.get().onComplete(promise));
        return promise.future();
    }
}
