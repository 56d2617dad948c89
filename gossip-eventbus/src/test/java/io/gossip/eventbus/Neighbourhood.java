/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Random;

/** Members of one cluster in one Vert.x over one network in memory; each serves the prefix of its name. */
final class Neighbourhood implements AutoCloseable {
    static final int SEED_PORT = 7_001;

    final Vertx vertx = Vertx.vertx();
    final InMemoryNetwork network;

    Neighbourhood() {
        this(1);
    }

    Neighbourhood(long randomSeed) {
        network = new InMemoryNetwork(new Random(randomSeed));
    }

    /** Quick enough to see death and removal in a test. */
    static GossipOptions options(String name, int port) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setClusterId("test")
                .setListenAddress("127.0.0.1:" + port)
                .setSeedNodes(List.of("127.0.0.1:" + SEED_PORT))
                .setGossipIntervalMillis(20)
                .setInitialIntervalMillis(60)
                .setMaxIntervalMillis(500)
                .setTombstoneGraceMillis(300)
                .setDeadNodeGraceMillis(1_500);
        return new GossipOptions().setAddressPrefix(name).setNode(node);
    }

    static GossipAddress address(int port) {
        return GossipAddress.parse("127.0.0.1:" + port);
    }

    String deploy(GossipOptions options) {
        return Waiting.result(tryDeploy(options));
    }

    Future<String> tryDeploy(GossipOptions options) {
        return vertx.deployVerticle(new GossipVerticle(options, network.transport()));
    }

    GossipService service(String name) {
        return GossipService.create(vertx, name);
    }

    ClusterView view(String name) {
        return Waiting.result(ClusterView.follow(vertx, name));
    }

    @Override
    public void close() {
        Waiting.result(vertx.close());
    }
}
