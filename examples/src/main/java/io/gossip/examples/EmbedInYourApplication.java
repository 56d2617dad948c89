/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.eventbus.KeysPublication;
import io.gossip.eventbus.MembersPublication;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Makes an existing Vert.x application a member of a cluster: deploy one verticle, listen to two addresses, set a key.
 * Start it twice, the second time with {@code 127.0.0.1:10002 127.0.0.1:10001}, and watch the two find each other.
 */
public final class EmbedInYourApplication {
    private EmbedInYourApplication() {}

    /**
     * Runs the example.
     *
     * @param args where to gossip (default 127.0.0.1:10001), and optionally a member to contact first
     */
    public static void main(String[] args) {
        GossipOptions options = new GossipOptions();
        options.getNode().setListenAddress(args.length > 0 ? args[0] : "127.0.0.1:10001");
        if (args.length > 1) {
            options.getNode().addSeedNode(args[1]);
        }
        // Your application has a Vertx already: pass that one.
        Vertx vertx = Vertx.vertx();
        join(vertx, options).onFailure(failure -> {
            System.err.println(failure.getMessage());
            vertx.close();
        });
    }

    // tag::embed[]
    static Future<?> join(Vertx vertx, GossipOptions options) {
        vertx.eventBus().<MembersPublication>localConsumer("gossip.members", message -> {
            System.out.println("live now: " + message.body().liveNodes());
        });
        vertx.eventBus().<KeysPublication>localConsumer("gossip.keys", message -> {
            KeysPublication keys = message.body();
            keys.changes().forEach(change -> System.out.println(keys.node().nodeId() + ": " + change));
        });
        return vertx.deployVerticle(new GossipVerticle(options))
                .compose(deployed -> GossipService.create(vertx, "gossip").set("color", "red"));
    }
    // end::embed[]
}
