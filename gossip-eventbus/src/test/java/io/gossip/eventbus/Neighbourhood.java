/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

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

    /** Quick to meet, but no stall of the machine makes members dead or lets a deletion expire. */
    static GossipOptions options(String name, int port) {
        GossipOptions options = hastyOptions(name, port);
        options.getNode()
                .setPhiThreshold(1_000)
                .setTombstoneGraceMillis(GossipNodeOptions.DEFAULT_TOMBSTONE_GRACE_MILLIS)
                .setDeadNodeGraceMillis(GossipNodeOptions.DEFAULT_DEAD_NODE_GRACE_MILLIS);
        return options;
    }

    /** Quick enough to see death, removal and expiry in a test. */
    static GossipOptions hastyOptions(String name, int port) {
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

    /** Waits until each of these sees all of them live: who says goodbye earlier may not be heard. */
    void acquaint(String... names) {
        for (String name : names) {
            Waiting.until(
                    view(name),
                    picture -> Stream.of(names)
                            .allMatch(other -> picture.member(other)
                                    .filter(MemberPicture::isLive)
                                    .isPresent()));
        }
    }

    @Override
    public void close() {
        Waiting.result(vertx.close());
    }
}
