/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.core.identity.GossipAddress;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Members that gossip in memory and talk over real TCP. Each has a name, which is its node id and the prefix of its
 * addresses on the bus.
 */
final class Talkers implements AutoCloseable {
    private static final int FIRST_PORT = 7_001;

    final Vertx vertx = Vertx.vertx();
    private final InMemoryNetwork network = new InMemoryNetwork(new Random(1));
    private final Map<String, MessageNode> nodes = new LinkedHashMap<>();
    private final Map<String, MessageProxy> proxies = new LinkedHashMap<>();
    private final Map<String, String> gossipDeployments = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final double phiThreshold;
    private long generation;

    /** No stall of the machine makes members dead to one another. */
    Talkers() {
        this(1_000);
    }

    /** With a threshold of the failure detector, for tests of what death does. */
    Talkers(double phiThreshold) {
        this.phiThreshold = phiThreshold;
    }

    /** For tests that count connections or resent messages: no stall of the machine breaks a connection. */
    static MessagingOptions patientOptions() {
        return options().setSilenceTimeout(Duration.ofMinutes(5)).setResendDelay(Duration.ofMinutes(5));
    }

    /** Quick enough to see reconnections and resending in a test. */
    static MessagingOptions options() {
        return new MessagingOptions()
                .setMaxReconnectDelay(Duration.ofMillis(200))
                .setSilenceTimeout(Duration.ofMillis(900))
                .setResendDelay(Duration.ofMillis(500));
    }

    MessageNode start(String name) {
        return start(name, options());
    }

    MessageNode start(String name, MessagingOptions options) {
        return start(name, options, null);
    }

    MessageNode start(String name, MessagingOptions options, @Nullable MeterRegistry registry) {
        return start(name, options, registry, ChannelMetrics.NONE);
    }

    MessageNode start(
            String name, MessagingOptions options, @Nullable MeterRegistry registry, ChannelMetrics channels) {
        gossip(name);
        MessageNode node = Waiting.result(MessageNode.join(vertx, name, options, registry, channels));
        nodes.put(name, node);
        return node;
    }

    /** Only gossips. */
    void gossip(String name) {
        int port = ports.computeIfAbsent(name, none -> FIRST_PORT + ports.size());
        GossipNodeOptions gossip = new GossipNodeOptions()
                .setNodeId(name)
                .setGeneration(++generation)
                .setClusterId("test")
                .setListenAddress("127.0.0.1:" + port)
                .setSeedNodes(List.of("127.0.0.1:" + FIRST_PORT))
                .setGossipIntervalMillis(100)
                .setInitialIntervalMillis(500)
                .setMaxIntervalMillis(2_000)
                .setPhiThreshold(phiThreshold);
        GossipOptions bus = new GossipOptions().setAddressPrefix(name).setNode(gossip);
        gossipDeployments.put(name, Waiting.result(vertx.deployVerticle(new GossipVerticle(bus, network.transport()))));
    }

    MessageProxy startProxy(String name) {
        return startProxy(name, options());
    }

    MessageProxy startProxy(String name, MessagingOptions options) {
        return startProxy(name, options, null);
    }

    MessageProxy startProxy(String name, MessagingOptions options, @Nullable MeterRegistry registry) {
        gossip(name);
        MessageProxy proxy = Waiting.result(MessageProxy.join(vertx, name, options, registry));
        proxies.put(name, proxy);
        return proxy;
    }

    /** Ends a proxy without a farewell to the cluster: others find out by its silence. */
    void killProxy(String name) {
        MessageProxy proxy = Objects.requireNonNull(proxies.remove(name));
        Waiting.result(vertx.undeploy(gossipDeployments.remove(name)));
        Waiting.result(proxy.close());
    }

    void stopProxy(String name) {
        Waiting.result(Objects.requireNonNull(proxies.remove(name)).close());
        Waiting.result(vertx.undeploy(gossipDeployments.remove(name)));
    }

    MessageProxy proxy(String name) {
        return Objects.requireNonNull(proxies.get(name));
    }

    MessageNode node(String name) {
        return Objects.requireNonNull(nodes.get(name));
    }

    String name(MessageNode node) {
        return nodes.entrySet().stream()
                .filter(entry -> entry.getValue() == node)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    List<MessageNode> nodes() {
        return new ArrayList<>(nodes.values());
    }

    /** Takes a member away, talk and gossip. */
    void stop(String name) {
        Waiting.result(Objects.requireNonNull(nodes.remove(name)).close());
        Waiting.result(vertx.undeploy(gossipDeployments.remove(name)));
    }

    /** Ends a member without any farewell of its talk: connections break, and what was on its way is lost. */
    void kill(String name) {
        MessageNode node = Objects.requireNonNull(nodes.remove(name));
        Waiting.result(vertx.undeploy(node.deploymentId()));
        Waiting.result(vertx.undeploy(gossipDeployments.remove(name)));
    }

    /** No gossip reaches a member or comes from it; its connections stay as they are. */
    void silence(String name) {
        ports.keySet().forEach(other -> network.cut(gossipAddress(name), gossipAddress(other)));
    }

    /** Ends all silence. */
    void endSilence() {
        network.heal();
    }

    private GossipAddress gossipAddress(String name) {
        return GossipAddress.parse("127.0.0.1:" + ports.get(name));
    }

    /** Waits until each sees that many others that talk. */
    void awaitPeers(int others) {
        for (Map.Entry<String, MessageNode> node : nodes.entrySet()) {
            Waiting.until(
                    () -> node.getValue().peers().current().values().stream()
                                    .filter(peer -> !peer.isProxy())
                                    .count()
                            == others,
                    () -> node.getKey() + " sees " + node.getValue().peers().current());
        }
    }

    /** Waits until nobody waits for an acknowledgement. */
    void awaitConfirmed() {
        for (Map.Entry<String, MessageNode> node : nodes.entrySet()) {
            Waiting.until(
                    () -> Waiting.result(node.getValue().statistics()).totalUnconfirmed() == 0,
                    () -> node.getKey() + ": " + Waiting.result(node.getValue().statistics()));
        }
    }

    @Override
    public void close() {
        Waiting.result(vertx.close());
    }
}
