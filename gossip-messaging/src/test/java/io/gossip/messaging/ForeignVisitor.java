/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicReference;

/** A socket at a member's door that says whatever a test wants. */
final class ForeignVisitor {
    private static final int ATTEMPTS = 5;

    final NetSocket socket;
    private final NetClient client; // kept: one that nobody holds is closed with its sockets
    private final AtomicReference<String> answer = new AtomicReference<>("");
    private final Promise<String> closed = Promise.promise();

    ForeignVisitor(Vertx vertx, int port) {
        this(vertx, port, new NetClientOptions());
    }

    ForeignVisitor(Vertx vertx, int port, NetClientOptions options) {
        client = vertx.createNetClient(options);
        socket = Waiting.result(connect(port, ATTEMPTS));
    }

    // A handshake of TLS that takes longer than ten seconds is given up, by either side; on a busy machine it may.
    private Future<NetSocket> connect(int port, int attempts) {
        // The handlers are set on the event loop, before anything else can happen to the socket.
        return client.connect(port, "127.0.0.1")
                .map(connected -> {
                    connected.handler(bytes -> answer.accumulateAndGet(bytes.toString(), String::concat));
                    connected.closeHandler(nothing -> closed.tryComplete(said()));
                    return connected;
                })
                .recover(failure -> attempts > 1 ? connect(port, attempts - 1) : Future.failedFuture(failure));
    }

    /** Where a member takes connections, as another one knows. */
    static int port(MessageNode seenBy, String nodeId) {
        return seenBy.peers().current().values().stream()
                .filter(peer -> peer.id().nodeId().equals(nodeId))
                .findFirst()
                .orElseThrow()
                .address()
                .port();
    }

    /** Who a member is, as another one knows. */
    static PeerId id(MessageNode seenBy, String nodeId) {
        return seenBy.peers().current().keySet().stream()
                .filter(peer -> peer.nodeId().equals(nodeId))
                .findFirst()
                .orElseThrow();
    }

    static Buffer hello(PeerId peer) {
        return FrameCodec.encode(new Frame.Hello(Role.MEMBER, "test", peer));
    }

    static Buffer data(PeerId from, PeerId to, long sequence, Buffer payload) {
        return FrameCodec.encode(new Frame.Data(from, to, false, sequence, 0, Frame.Kind.PLAIN, 0, 0, false, payload));
    }

    private String said() {
        return String.valueOf(answer.get());
    }

    void write(Buffer bytes) {
        Waiting.result(socket.write(bytes));
    }

    /** Waits until the member says hello. */
    void awaitHello() {
        Waiting.until(() -> said().contains("GMSG"), () -> "no hello, but " + said());
    }

    /** Waits until a payload or a reason came. */
    void awaitText(String text) {
        Waiting.until(() -> said().contains(text), () -> "no '" + text + "', but " + said());
    }

    /** Waits until the member closes, and gives what it said. */
    String awaitClose() {
        return Waiting.result(closed.future());
    }

    void close() {
        Waiting.result(socket.close());
    }
}
