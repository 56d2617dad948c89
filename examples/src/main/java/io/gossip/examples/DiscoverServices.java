/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.eventbus.ServiceOffer;
import io.gossip.eventbus.ServiceProvider;
import io.gossip.eventbus.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/**
 * Finds the members that offer a service: waits until enough of them are there, then takes them in turn. Start it three
 * times: first with {@code 127.0.0.1:10001}, then with {@code 127.0.0.1:10002 127.0.0.1:10001} and {@code 127.0.0.1:10003
 * 127.0.0.1:10001}. The first is a spectator, the others store.
 */
public final class DiscoverServices {
    private static final int ENOUGH = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private DiscoverServices() {}

    /**
     * Runs the example.
     *
     * @param args where to gossip, and for those that store a member to contact first
     */
    public static void main(String[] args) {
        GossipOptions options = new GossipOptions();
        options.getNode().setListenAddress(args.length > 0 ? args[0] : "127.0.0.1:10001");
        if (args.length > 1) {
            options.getNode().addSeedNode(args[1]);
            options.setService(new ServiceOffer("storage", 0, null));
        }
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(new GossipVerticle(options))
                .compose(deployed -> registry(vertx))
                .onSuccess(DiscoverServices::printWhoStores)
                .compose(DiscoverServices::whenEnoughStore)
                .onSuccess(stores -> System.out.println("enough of them: " + stores))
                .onFailure(failure -> System.err.println(failure.getMessage()));
    }

    static Future<ServiceRegistry> registry(Vertx vertx) {
        return ClusterView.follow(vertx, "gossip")
                .map(view -> ServiceRegistry.create(view, GossipService.create(vertx, "gossip")));
    }

    static Future<List<ServiceProvider>> whenEnoughStore(ServiceRegistry services) {
        return services.awaitProviders("storage", ENOUGH, PATIENCE);
    }

    private static void printWhoStores(ServiceRegistry services) {
        services.onProviders("storage", all -> {
            System.out.println("stores now: " + all.size());
            services.next("storage").ifPresent(one -> System.out.println("next one: " + one.host()));
        });
    }
}
