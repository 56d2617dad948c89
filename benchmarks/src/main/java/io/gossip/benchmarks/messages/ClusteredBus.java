/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.messages;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Vert.x's own event bus, clustered with Hazelcast. A direct message is a request with an empty reply, since a plain send is
 * confirmed by nobody; a publication is confirmed by nobody at all.
 */
final class ClusteredBus implements Contender {
    private static final int FIRST_PORT = 15_701;

    private final List<Vertx> instances = new ArrayList<>();

    ClusteredBus(int count) {
        for (int i = 0; i < count; i++) {
            instances.add(Blocking.result(Vertx.builder()
                    .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
                    .withClusterManager(new HazelcastClusterManager(config()))
                    .buildClustered()));
        }
    }

    private static Config config() {
        Config config = new Config().setClusterName("side-by-side");
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().setPort(FIRST_PORT).setPortAutoIncrement(true);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + FIRST_PORT);
        return config;
    }

    @Override
    public String name() {
        return "event bus on Hazelcast";
    }

    @Override
    public void onReceive(Consumer<Buffer> reader) {
        for (int i = 1; i < instances.size(); i++) {
            Vertx vertx = instances.get(i);
            Blocking.result(vertx.eventBus()
                    .<Buffer>consumer("node-" + i, message -> {
                        reader.accept(message.body());
                        message.reply(Buffer.buffer());
                    })
                    .completion());
            Blocking.result(vertx.eventBus()
                    .<Buffer>consumer("all", message -> reader.accept(message.body()))
                    .completion());
        }
    }

    @Override
    public Future<?> direct(int receiver, Buffer payload) {
        return instances.get(0).eventBus().request("node-" + receiver, payload);
    }

    @Override
    public Future<?> broadcast(Buffer payload) {
        instances.get(0).eventBus().publish("all", payload);
        return Future.succeededFuture();
    }

    @Override
    public void close() {
        instances.forEach(vertx -> Blocking.result(vertx.close()));
    }
}
