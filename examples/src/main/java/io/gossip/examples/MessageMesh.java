/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.examples;

import io.gossip.eventbus.GossipOptions;
import io.gossip.messaging.MessageNode;
import io.gossip.messaging.MessageNodeOptions;
import io.gossip.messaging.MessageProxy;
import io.gossip.messaging.MessagingOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A mesh of members that broadcast to each other: three that talk directly, two behind a proxy. Each is a group of
 * addresses of its own, 127.0.0.1:(11000 + group * 10 + index): index 0 takes messages, index 1 gossips.
 */
public final class MessageMesh {
    private static final int FIRST_PORT = 11_000;
    private static final int PORTS_OF_A_GROUP = 10;
    private static final int MEMBERS = 5;
    private static final int PROXY_GROUP = 9;
    private static final long REPORT_MILLIS = 2_000;

    private final Vertx vertx;
    private final List<MessageNode> nodes = new ArrayList<>();

    MessageMesh(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Runs the mesh until the process is ended, and prints every two seconds how it fares.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        MessageMesh mesh = new MessageMesh(vertx);
        mesh.start()
                .onSuccess(started -> vertx.setPeriodic(REPORT_MILLIS, timer -> mesh.broadcastAndReport()))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    vertx.close();
                });
    }

    Future<?> start() {
        Future<?> started = MessageProxy.start(vertx, options(PROXY_GROUP, List.of()));
        for (int i = 1; i <= MEMBERS; i++) {
            int group = i;
            List<String> proxies = group > 3 ? List.of(address(PROXY_GROUP, 0)) : List.of();
            started = started.compose(before -> MessageNode.start(vertx, options(group, proxies)))
                    .onSuccess(node -> {
                        node.incoming().handler(message -> {}); // what is read is acknowledged
                        nodes.add(node);
                    });
        }
        return started;
    }

    List<MessageNode> nodes() {
        return nodes;
    }

    private void broadcastAndReport() {
        for (MessageNode node : nodes) {
            node.broadcast(Buffer.buffer("hello"))
                    .compose(sent -> node.statistics())
                    .onSuccess(System.out::println);
        }
    }

    private static MessageNodeOptions options(int group, List<String> proxies) {
        GossipOptions gossip = new GossipOptions().setAddressPrefix("group-" + group);
        gossip.getNode()
                .setNodeId("group-" + group)
                .setClusterId("message-mesh")
                .setListenAddress(address(group, 1))
                .setSeedNodes(List.of(address(PROXY_GROUP, 1)))
                .setGossipIntervalMillis(200);
        MessagingOptions messaging =
                new MessagingOptions().setListenAddress(address(group, 0)).setProxies(proxies);
        return new MessageNodeOptions(gossip, messaging);
    }

    static String address(int group, int index) {
        return "127.0.0.1:" + (FIRST_PORT + group * PORTS_OF_A_GROUP + index);
    }
}
