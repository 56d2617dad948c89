/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.messages;

import io.gossip.eventbus.GossipOptions;
import io.gossip.messaging.MessageNode;
import io.gossip.messaging.MessageNodeOptions;
import io.gossip.messaging.MessagingOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Members of ours, each with a Vert.x of its own. */
final class MessageNodes implements Contender {
    private final List<Vertx> instances = new ArrayList<>();
    private final List<MessageNode> nodes = new ArrayList<>();

    MessageNodes(int count) {
        String seedNode = "127.0.0.1:" + freePort();
        for (int i = 0; i < count; i++) {
            Vertx vertx = Vertx.vertx();
            instances.add(vertx);
            GossipOptions gossip = new GossipOptions();
            gossip.getNode()
                    .setNodeId("node-" + i)
                    .setListenAddress(i == 0 ? seedNode : "127.0.0.1:0")
                    .setSeedNodes(List.of(seedNode))
                    .setGossipIntervalMillis(200);
            nodes.add(
                    Blocking.result(MessageNode.start(vertx, new MessageNodeOptions(gossip, new MessagingOptions()))));
        }
        nodes.forEach(node -> Blocking.until(() -> node.peers().current().size() == count - 1, "everybody sees all"));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "gossip-messaging";
    }

    @Override
    public void onReceive(Consumer<Buffer> reader) {
        nodes.forEach(node -> node.incoming().handler(message -> reader.accept(message.payload())));
    }

    @Override
    public Future<?> direct(int receiver, Buffer payload) {
        return nodes.get(0).direct("node-" + receiver, payload);
    }

    @Override
    public Future<?> broadcast(Buffer payload) {
        return nodes.get(0).broadcast(payload);
    }

    @Override
    public void close() {
        nodes.forEach(node -> Blocking.result(node.close()));
        instances.forEach(vertx -> Blocking.result(vertx.close()));
    }
}
