/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the connections of other members. Of several connections that one member made, the latest counts.
 *
 * <p>Confined to one event loop.
 */
final class Door implements Connection.Owner {
    private final Vertx vertx;
    private final NetServer server;
    private final MessagingOptions options;
    private final Supplier<Frame.Hello> ownHello;
    private final Owner owner;
    private final Set<Connection> all = new HashSet<>();
    private final Map<PeerId, Connection> byPeer = new HashMap<>();

    /** Who uses a door; called on its event loop. */
    interface Owner {
        /** Somebody said hello: whether it may come in, or why not. */
        @Nullable
        String objection(Connection connection, Frame.Hello hello);

        /** Somebody came in. */
        void entered(Connection connection);

        /** A frame came. */
        void received(Connection connection, Frame frame);

        /** A connection that had come in is gone; also one whose place another one took. */
        void left(Connection connection);
    }

    Door(Vertx vertx, NetServer server, MessagingOptions options, Supplier<Frame.Hello> ownHello, Owner owner) {
        this.vertx = vertx;
        this.server = server;
        this.options = options;
        this.ownHello = ownHello;
        this.owner = owner;
    }

    /** Opens. Returns the port. */
    Future<Integer> open() {
        return server.connectHandler(this::enter)
                .listen(
                        options.listenHostPort().port(),
                        options.listenHostPort().host())
                .map(NetServer::actualPort);
    }

    /** Who is in; a live view. */
    Map<PeerId, Connection> visitors() {
        return byPeer;
    }

    NetServer server() {
        return server;
    }

    /** Closes the connections of everybody who may no longer be in. */
    void retain(Predicate<PeerId> mayStay, String reason) {
        byPeer.forEach((peer, connection) -> {
            if (!mayStay.test(peer)) {
                connection.close(reason);
            }
        });
    }

    /** Closes the connections of everybody who would not be let in again. */
    void reconsider() {
        for (Connection connection : List.copyOf(byPeer.values())) {
            Frame.Hello hello = connection.hello();
            String objection = hello == null ? null : owner.objection(connection, hello);
            if (objection != null) {
                connection.close(objection);
            }
        }
    }

    Future<Void> close(String reason) {
        Set.copyOf(all).forEach(connection -> connection.close(reason));
        return server.close();
    }

    private void enter(NetSocket socket) {
        if (all.size() >= options.getMaxConnections()) {
            socket.close();
            return;
        }
        all.add(new Connection(vertx, socket, options, this));
    }

    @Override
    public void greeted(Connection connection, Frame.Hello hello) {
        String objection = owner.objection(connection, hello);
        Frame.Hello own = ownHello.get();
        if (objection == null || hello.peer().equals(own.peer())) { // who calls itself is to know who answers
            connection.send(own);
        }
        if (objection != null) {
            connection.close(objection);
            return;
        }
        Connection former = byPeer.put(hello.peer(), connection);
        if (former != null) {
            former.close("a newer connection of the same member took its place");
        }
        owner.entered(connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
        Frame.Hello hello = connection.hello();
        if (hello != null && byPeer.get(hello.peer()) == connection) {
            owner.received(connection, frame);
        }
    }

    @Override
    public void writable(Connection connection) {}

    @Override
    public void closed(Connection connection, String reason) {
        all.remove(connection);
        Frame.Hello hello = connection.hello();
        if (hello != null) {
            byPeer.remove(hello.peer(), connection);
            owner.left(connection);
        }
    }
}
