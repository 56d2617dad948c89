/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in front of a TCP port and cuts, stalls or delays what passes, as networks do. */
final class FaultyWire {
    private final Vertx vertx;
    private final NetServer server;
    private final NetClient client;
    private final int targetPort;
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean stalled;
    private volatile long delayMillis;

    FaultyWire(Vertx vertx, int targetPort) {
        this.vertx = vertx;
        this.targetPort = targetPort;
        server = vertx.createNetServer();
        client = vertx.createNetClient();
        Waiting.result(server.connectHandler(this::join).listen(0, "127.0.0.1"));
    }

    int port() {
        return server.actualPort();
    }

    /** How many connections there were so far. */
    int connections() {
        return connections.get();
    }

    /** Closes what is open; new connections are let through. */
    void cut() {
        sockets.forEach(NetSocket::close);
    }

    /** Closes what is open, and takes nothing any more. */
    void close() {
        Waiting.result(server.close());
        cut();
    }

    /** From now on nothing passes, in neither direction, but nothing is closed either: half-open connections. */
    void stall() {
        stalled = true;
    }

    /** New connections pass again; those that stalled have lost bytes and stay silent. */
    void recover() {
        stalled = false;
    }

    /** Each piece takes that long from now on. */
    void delay(long millis) {
        delayMillis = millis;
    }

    private void join(NetSocket near) {
        connections.incrementAndGet();
        near.pause();
        client.connect(targetPort, "127.0.0.1")
                .onComplete(
                        far -> {
                            Lane lane = new Lane();
                            pass(near, far, lane);
                            pass(far, near, lane);
                            near.resume();
                        },
                        refused -> near.close());
    }

    /** Once broken, bytes are missing: nothing may pass any more. */
    private static final class Lane {
        private volatile boolean broken;
    }

    private void pass(NetSocket from, NetSocket to, Lane lane) {
        sockets.add(from);
        from.handler(bytes -> {
            lane.broken |= stalled;
            if (!lane.broken) {
                later(() -> to.write(Buffer.buffer(bytes.getBytes())));
            }
        });
        from.closeHandler(nothing -> {
            sockets.remove(from);
            if (!lane.broken) {
                later(to::close);
            }
        });
    }

    // One timer for each piece, all with the same delay on one event loop, so that pieces keep their order.
    private void later(Runnable work) {
        long delay = delayMillis;
        if (delay == 0) {
            work.run();
        } else {
            vertx.setTimer(delay, timer -> work.run());
        }
    }
}
