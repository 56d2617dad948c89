/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import org.jspecify.annotations.Nullable;

/**
 * Shows a web page every change of the cluster, over the event bus bridge of Vert.x Web: the two addresses of JSON
 * publications go out, nothing comes in. Whoever could send to {@code gossip.service} could write this member's keys.
 *
 * <p>Run it, open http://127.0.0.1:8080/, and start {@link EmbedInYourApplication} with {@code 127.0.0.1:10002
 * 127.0.0.1:10001}.
 */
public final class BridgeToBrowser extends VerticleBase {
    private static final String PAGE = "io/gossip/examples/bridge.html";

    private final int port;
    private @Nullable ClusterView view;
    private @Nullable HttpServer server;

    /**
     * A bridge for the member that this Vert.x runs.
     *
     * @param port TCP port on loopback; 0 for any free one
     */
    public BridgeToBrowser(int port) {
        this.port = port;
    }

    /**
     * Runs the example.
     *
     * @param args where to gossip (default 127.0.0.1:10001), and optionally a member to contact first
     */
    public static void main(String[] args) {
        GossipOptions options = new GossipOptions().setJsonPublications(true);
        options.getNode().setListenAddress(args.length > 0 ? args[0] : "127.0.0.1:10001");
        if (args.length > 1) {
            options.getNode().addSeedNode(args[1]);
        }
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(new GossipVerticle(options))
                .compose(deployed -> vertx.deployVerticle(new BridgeToBrowser(8080)))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    vertx.close();
                });
    }

    @Override
    public Future<?> start() {
        return ClusterView.follow(vertx, "gossip").compose(followed -> {
            view = followed;
            Router router = Router.router(vertx);
            router.route("/eventbus/*").subRouter(SockJSHandler.create(vertx).bridge(permissions()));
            router.get("/live").handler(request -> live(request, followed));
            router.get("/")
                    .handler(request -> request.response()
                            .putHeader("Content-Type", "text/html; charset=utf-8")
                            .sendFile(PAGE));
            return vertx.createHttpServer()
                    .requestHandler(router)
                    .listen(port, "127.0.0.1")
                    .onSuccess(bound -> server = bound);
        });
    }

    int actualPort() {
        return server == null ? -1 : server.actualPort();
    }

    private static SockJSBridgeOptions permissions() {
        return new SockJSBridgeOptions()
                .addOutboundPermitted(new PermittedOptions().setAddress("gossip.members.json"))
                .addOutboundPermitted(new PermittedOptions().setAddress("gossip.keys.json"));
    }

    // What the publications build on: who is live when the page is opened.
    private static void live(RoutingContext request, ClusterView view) {
        JsonArray names = new JsonArray();
        view.current()
                .liveMembers()
                .forEach(member -> names.add(member.identity().nodeId()));
        request.json(names);
    }

    @Override
    public Future<?> stop() {
        // The server is closed with the verticle.
        return view == null ? Future.succeededFuture() : view.close();
    }
}
