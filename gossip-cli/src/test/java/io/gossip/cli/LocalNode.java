/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A member with HTTP in this JVM, over UDP on loopback and ports that the system chooses. */
final class LocalNode {
    private static final long MAX_WAIT_SECONDS = ChildProcess.MAX_WAIT_SECONDS;

    final GossipNodeOptions node;
    final GossipWebOptions web = new GossipWebOptions().setPort(0);
    UnaryOperator<GossipWebVerticle> setup = UnaryOperator.identity();
    private @Nullable GossipWebVerticle verticle;
    private final Vertx vertx;
    private String gossipDeployment = "";
    private String webDeployment = "";

    LocalNode(Vertx vertx, String name) {
        this.vertx = vertx;
        node = new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress("127.0.0.1:0")
                .setGossipIntervalMillis(50)
                .setInitialIntervalMillis(100)
                .setPhiThreshold(1_000); // no stall of the machine makes members dead to one another
        web.setAddressPrefix(name).setGossipIntervalMillis(50);
    }

    /** Waits for a result. */
    static <T> T await(Future<T> future) {
        try {
            return future.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no result", late);
        }
    }

    /** Waits until something is so. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    LocalNode seedNodes(String... addresses) {
        node.setSeedNodes(List.of(addresses));
        return this;
    }

    LocalNode start() {
        GossipOptions options =
                new GossipOptions().setAddressPrefix(web.getAddressPrefix()).setNode(node);
        gossipDeployment = await(vertx.deployVerticle(new GossipVerticle(options)));
        return startWeb();
    }

    LocalNode startWeb() {
        GossipWebVerticle served = setup.apply(new GossipWebVerticle(web));
        verticle = served;
        webDeployment = await(vertx.deployVerticle(served));
        return this;
    }

    void stopWeb() {
        await(vertx.undeploy(webDeployment));
    }

    void stop() {
        stopWeb();
        await(vertx.undeploy(gossipDeployment));
    }

    NodeIdentity self() {
        return await(GossipService.create(vertx, web.getAddressPrefix()).status())
                .self();
    }

    String gossipAddress() {
        return self().gossipAddress().toString();
    }

    int port() {
        return Objects.requireNonNull(verticle).actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Runs a command against this node. */
    Run run(String command, String... arguments) {
        return Run.of(arguments(command, arguments));
    }

    String[] arguments(String command, String... more) {
        String[] all = new String[more.length + 5];
        all[0] = command;
        all[1] = "--url";
        all[2] = url();
        all[3] = "--timeout"; // longer than the machine stalls
        all[4] = MAX_WAIT_SECONDS + "s";
        System.arraycopy(more, 0, all, 5, more.length);
        return all;
    }

    /** Waits until somebody told this node that its cluster is another. */
    void awaitRefusal() {
        GossipService service = GossipService.create(vertx, web.getAddressPrefix());
        await("a refusal", () -> await(service.status()).stats().badClusters() > 0);
    }

    /** Waits until this node lists another as live. */
    LocalNode awaitLive(String nodeId) {
        await(nodeId + " is live", () -> run("members").out().contains(nodeId + " "));
        return this;
    }
}
