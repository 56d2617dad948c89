/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipService;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a member that talks and a proxy have in common: they follow the cluster, take connections, make some, and say where
 * they are.
 *
 * <p>Confined to one event loop, but for {@link #directory}.
 */
final class Presence {
    private final Vertx vertx;
    private final ClusterView view;
    private final MessagingOptions options;
    private final boolean isProxy;
    private final PeerId self;
    private final String clusterId;
    private final GossipService service;
    private final NetServer server;
    private final NetClient client;
    private final Doorkeeper doorkeeper;
    private final Door door;
    private final RandomGenerator random = new SplittableRandom();
    private final Reach reach = new Reach();
    private final Backoffs backoffs;
    private boolean advertised;
    private volatile PeerDirectory directory = PeerDirectory.EMPTY;

    /**
     * Not seen by anybody yet.
     *
     * @param options read again and again: they may change
     * @param owner told who comes in
     */
    Presence(
            Vertx vertx,
            String addressPrefix,
            ClusterView view,
            MessagingOptions options,
            boolean isProxy,
            Door.Owner owner) {
        this.vertx = vertx;
        this.view = view;
        this.options = options;
        this.isProxy = isProxy;
        // A run is not larger than what every JSON parser keeps.
        self = PeerId.of(view.current().self(), isProxy ? 0 : random.nextLong(1, 1L << 53));
        clusterId = view.current().clusterId();
        service = GossipService.create(vertx, addressPrefix);
        Sockets sockets = new Sockets(vertx, options);
        server = sockets.server();
        client = sockets.client();
        doorkeeper = new Doorkeeper(self, clusterId, options::getTls, () -> directory);
        door = new Door(vertx, server, options, this::hello, owner);
        backoffs = new Backoffs(options, random);
    }

    /** Opens the door and tells the cluster where that is. Completes with what was told. */
    Future<Advertisement> open() {
        return door.open().compose(port -> {
            Advertisement advertisement = advertisement(options);
            return advertise(advertisement).map(advertisement);
        });
    }

    /**
     * What would be told with those options, once the door is open.
     *
     * @throws IllegalArgumentException if nobody could connect there
     */
    Advertisement advertisement(MessagingOptions wanted) {
        MessagingOptions here = new MessagingOptions(wanted).setListenAddress(options.getListenAddress());
        return Advertisement.of(here, server.actualPort(), self.run(), isProxy);
    }

    Future<Void> advertise(Advertisement advertisement) {
        advertised = true;
        return service.serveMessages(advertisement.toText());
    }

    /** Follows the cluster from now on; the handler is called at once, and whenever the directory is another one. */
    void follow(Handler<ClusterPicture> handler) {
        view.onChange(picture -> {
            directory = PeerDirectory.of(picture);
            handler.handle(picture);
        });
        directory = PeerDirectory.of(view.current());
        handler.handle(view.current());
    }

    /** Takes back what was told, and closes everything. */
    Future<Void> close(String reason) {
        Future<Void> takenBack = advertised ? service.serveMessages(null).otherwiseEmpty() : Future.succeededFuture();
        return Future.join(List.of(
                        takenBack, // or the gossip is gone already
                        door.close(reason),
                        client.close(),
                        view.close()))
                .mapEmpty();
    }

    Frame.Hello hello() {
        boolean subscribes = !options.getProxies().isEmpty() || options.getSubscribe() != null;
        Role role = isProxy ? Role.PROXY : subscribes ? Role.SUBSCRIBER : Role.MEMBER;
        return new Frame.Hello(role, clusterId, self);
    }

    /** Why somebody who says hello must go; null if it may stay. */
    @Nullable
    String objection(Connection connection, Frame.Hello hello) {
        return doorkeeper.objection(connection, hello);
    }

    /** A link to an address, closed as yet. */
    Link link(HostPort address, Link.Owner owner) {
        return new Link(
                vertx,
                address,
                () -> client.connect(address.port(), address.host()),
                this::hello,
                options,
                backoffs,
                owner);
    }

    /** Reads keys and certificates again. */
    Future<Void> renew(MessagingTls files) {
        return Sockets.renew(server, client, files);
    }

    PeerId self() {
        return self;
    }

    String clusterId() {
        return clusterId;
    }

    ClusterView view() {
        return view;
    }

    GossipService service() {
        return service;
    }

    Door door() {
        return door;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    Reach reach() {
        return reach;
    }

    /** Who is there; from any thread. */
    PeerDirectory directory() {
        return directory;
    }
}
