/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import io.gossip.core.wire.ProtocolVersion;
import io.gossip.transport.GossipNodeOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** How the nodes of all runs are set up, as the reference's are. */
final class BenchNodes {
    static final String CLUSTER_ID = "bench";

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    private static final long FIRST_GENERATION = 1_700_000_000_000L;
    private static final long START_SECONDS = 60;

    private BenchNodes() {}

    static Vertx vertx(Options options) {
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(options.number("native", 1) == 1)
                .setEventLoopPoolSize(options.number("event-loops", 2)));
    }

    static String id(int i) {
        return "node-%04d".formatted(i);
    }

    static GossipNodeOptions options(int i, int port, ProtocolVersion version, int intervalMillis, int initialMillis) {
        return new GossipNodeOptions()
                .setNodeId(id(i))
                .setGeneration(FIRST_GENERATION + i)
                .setClusterId(CLUSTER_ID)
                .setListenAddress("127.0.0.1:" + port)
                .setProtocolVersion(version)
                .setGossipIntervalMillis(intervalMillis)
                .setInitialIntervalMillis(initialMillis)
                .setTombstoneGraceMillis(TimeUnit.HOURS.toMillis(1))
                .setReplyLimitBytes(0);
    }

    static GossipNodeOptions withSeed(GossipNodeOptions options, int seedPort) {
        return options.setSeedNodes(List.of("127.0.0.1:" + seedPort));
    }

    static Map<String, String> keys(int count, int valueLength, Random random) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            keys.put("key-%07d".formatted(i), text(valueLength, random));
        }
        return keys;
    }

    static String text(int length, Random random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    }
}
