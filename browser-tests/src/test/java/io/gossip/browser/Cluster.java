/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.KeysPublication;
import io.gossip.eventbus.MembersPublication;
import io.gossip.eventbus.ServiceOffer;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.web.GossipServer;
import io.gossip.web.GossipServerOptions;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.WebSecurityOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Real members over UDP in one Vert.x, each with its web interface, all on free ports of the loopback interface. */
final class Cluster implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 100;
    private static final List<ServiceOffer> SERVICES = List.of(
            new ServiceOffer("searcher", 1, null),
            new ServiceOffer("api_gateway", 0, null),
            new ServiceOffer("data_processor", 2, null),
            new ServiceOffer("storage", 3, null),
            new ServiceOffer("analytics", 4, null));

    private final Vertx vertx = Vertx.vertx();
    private final List<Member> members = new ArrayList<>();

    /** A member that runs. */
    record Member(String nodeId, String prefix, GossipServer server, UnpluggableTransport transport) {
        GossipService service() {
            return server.service();
        }

        int httpPort() {
            return server.httpPort();
        }
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no result within 60 s", late);
        }
    }

    static Cluster of(String... nodeIds) {
        return with(new WebSecurityOptions(), nodeIds);
    }

    /** Members that all let in whom these options allow. */
    static Cluster with(WebSecurityOptions security, String... nodeIds) {
        Cluster cluster = new Cluster();
        for (String nodeId : nodeIds) {
            cluster.start(nodeId, new GossipWebOptions().setPort(0).setSecurity(security));
        }
        return cluster;
    }

    private void start(String nodeId, GossipWebOptions web) {
        int number = members.size();
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(nodeId)
                .setListenAddress("127.0.0.1:0")
                .setGossipIntervalMillis(INTERVAL_MILLIS)
                .setInitialIntervalMillis(INTERVAL_MILLIS)
                .setClusterId("shop");
        if (number > 0) {
            node.addSeedNode(gossipAddressOf(members.get(0)));
        }
        String prefix = "member" + number;
        GossipOptions gossip = new GossipOptions()
                .setAddressPrefix(prefix)
                .setNode(node)
                .setService(SERVICES.get(number % SERVICES.size()));
        UnpluggableTransport transport = new UnpluggableTransport();
        GossipServer server = await(GossipServer.start(vertx, new GossipServerOptions(gossip, web), transport));
        members.add(new Member(nodeId, prefix, server, transport));
    }

    Vertx vertx() {
        return vertx;
    }

    Member member(int index) {
        return members.get(index);
    }

    /** Completes with the time at which a member's node publishes something about members. */
    CompletableFuture<Long> membersPublished(Member member, Predicate<MembersPublication> wanted) {
        return published(member.prefix() + ".members", wanted);
    }

    /** Completes with the time at which a member's node publishes something about keys. */
    CompletableFuture<Long> keysPublished(Member member, Predicate<KeysPublication> wanted) {
        return published(member.prefix() + ".keys", wanted);
    }

    private <T> CompletableFuture<Long> published(String address, Predicate<T> wanted) {
        CompletableFuture<Long> at = new CompletableFuture<>();
        MessageConsumer<T> consumer = vertx.eventBus().localConsumer(address);
        consumer.handler(message -> {
            if (wanted.test(message.body())) {
                at.complete(System.nanoTime());
            }
        });
        await(consumer.completion());
        return at;
    }

    private static String gossipAddressOf(Member member) {
        return await(member.service().status()).self().gossipAddress().toString();
    }

    @Override
    public void close() {
        members.forEach(member -> await(member.server().close()));
        await(vertx.close());
    }
}
