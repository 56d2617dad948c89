/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Reads the JSON snapshot of a large state page by page over the event bus, again and again, and prints for how long each
 * page took from request to reply, the making of the page on the node's event loop and its copy for the reader included.
 */
public final class SnapshotPages {
    private static final int KEYS = 100_000;
    private static final int VALUE_BYTES = 100;
    private static final int READINGS = 20;
    private static final int WARM_UP = 10;

    private SnapshotPages() {}

    /**
     * Measures and prints one line.
     *
     * @param args bytes of a page, 131,072 if not given
     * @throws Exception if the member cannot be started or does not answer
     */
    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            InMemoryNetwork network = new InMemoryNetwork(new Random(1));
            GossipOptions options = new GossipOptions().setInitialKeyValues(keys());
            options.getNode().setListenAddress("127.0.0.1:7001").setMaxStateBytes(1L << 30);
            await(vertx.deployVerticle(new GossipVerticle(options, network.transport())));
            JsonObject request = new JsonObject()
                    .put("action", "snapshot")
                    .put("page_bytes", args.length > 0 ? Integer.parseInt(args[0]) : 131_072);
            for (int i = 0; i < WARM_UP; i++) {
                read(vertx, request);
            }
            List<Long> nanos = new ArrayList<>();
            for (int i = 0; i < READINGS; i++) {
                nanos.addAll(read(vertx, request));
            }
            long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            System.out.printf(
                    "%d pages of %d bytes in %d readings of %d keys: median %.2f ms, 99 %% %.2f ms, longest %.2f ms%n",
                    sorted.length,
                    request.getInteger("page_bytes"),
                    READINGS,
                    KEYS,
                    millis(sorted, 0.5),
                    millis(sorted, 0.99),
                    millis(sorted, 1));
        } finally {
            await(vertx.close());
        }
    }

    private static List<Long> read(Vertx vertx, JsonObject request) throws Exception {
        List<Long> nanos = new ArrayList<>();
        JsonObject next = request;
        while (true) {
            long before = System.nanoTime();
            JsonObject page = await(vertx.eventBus().<JsonObject>request("gossip.service", next))
                    .body();
            nanos.add(System.nanoTime() - before);
            if (page.getString("next") == null) {
                return nanos;
            }
            next = request.copy().put("page", page.getString("next"));
        }
    }

    private static Map<String, String> keys() {
        Random random = new Random(7);
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            keys.put("a-key-of-20-b-%06d".formatted(i), KnownCluster.text(random, VALUE_BYTES));
        }
        return keys;
    }

    private static double millis(long[] sorted, double part) {
        return sorted[(int) Math.round((sorted.length - 1) * part)] / 1e6;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
