/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A whole cluster in one process: how it joins, what it costs at rest, how it spreads and detects. */
final class ClusterRun {
    private static final int WARM_UP_SECONDS = 10;

    private ClusterRun() {}

    static void run(Options options, boolean lossy) throws Exception {
        Vertx vertx = BenchNodes.vertx(options);
        int interval = options.count("interval", 100);
        int warmUp = options.number("warm-up", 0);
        if (warmUp > 0) {
            int faster = Math.max(10, interval / 5); // what takes a minute at rest is compiled in ten seconds
            BenchCluster other = new BenchCluster(
                    vertx, warmUp, options.number("base", 20_000) + 5_000, options.version(), faster, faster);
            other.converged(WARM_UP_SECONDS);
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            other.abort();
        }
        measure(vertx, options, lossy);
    }

    private static void measure(Vertx vertx, Options options, boolean lossy) throws Exception {
        int n = options.count("n", 10);
        int interval = options.count("interval", 100);
        int initial = options.number("initial", interval);
        long errorsBefore = Usage.receiveBufferErrors();
        double cpuBefore = Usage.cpuSeconds();
        BenchCluster cluster =
                new BenchCluster(vertx, n, options.number("base", 20_000), options.version(), interval, initial);
        double spawned = cluster.millisSinceStart();
        double joined = cluster.converged(options.number("join-timeout", 60));
        double joinCpu = Usage.cpuSeconds() - cpuBefore;
        long joinBytes = cluster.transport.bytes.sum();
        long joinErrors = Usage.receiveBufferErrors() - errorsBefore;
        int pairs = cluster.seenPairs();
        TimeUnit.SECONDS.sleep(options.number("settle", 3));

        int drop = options.number("drop", lossy ? 250 : 0);
        cluster.transport.dropPermille = drop;
        long messages = cluster.transport.messages.sum();
        long bytes = cluster.transport.bytes.sum();
        int losses = cluster.losses();
        errorsBefore = Usage.receiveBufferErrors();
        cpuBefore = Usage.cpuSeconds();
        long from = System.nanoTime();
        TimeUnit.SECONDS.sleep(options.number("seconds", lossy ? 30 : 15));
        double took = (System.nanoTime() - from) / 1e9;
        double cpu = Usage.cpuSeconds() - cpuBefore;
        messages = cluster.transport.messages.sum() - messages;
        bytes = cluster.transport.bytes.sum() - bytes;
        losses = cluster.losses() - losses;
        long errors = Usage.receiveBufferErrors() - errorsBefore;
        long resident = Usage.residentMebibytes();

        boolean stands = !Double.isNaN(joined);
        String spread = stands ? cluster.spread(options.number("spread", lossy ? 10 : 20)) : "null";
        String detect = stands ? cluster.detect(options.number("kills", lossy ? 3 : 5)) : "null";
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"gossip-%s\",\"n\":%d,\"version\":%d,\"interval_ms\":%d,\"initial_interval_ms\":%d,"
                        + "\"drop_permille\":%d,\"spawn_ms\":%.0f,\"join_ms\":%s,\"join_seen_pairs\":%d,"
                        + "\"join_cpu_s\":%.2f,\"join_bytes\":%d,\"join_rcvbuf_drops\":%d,\"steady_s\":%.1f,"
                        + "\"steady_cpu_s\":%.2f,\"cpu_pct\":%.1f,\"msgs_per_node_s\":%.1f,\"bytes_per_node_s\":%.0f,"
                        + "\"false_positives\":%d,\"rcvbuf_drops\":%d,\"send_failures\":%d,\"rss_mib\":%d,"
                        + "\"spread\":%s,\"detect\":%s}%n",
                lossy ? "loss" : "cluster",
                n,
                options.version().code(),
                interval,
                initial,
                drop,
                spawned,
                stands ? "%.0f".formatted(joined) : "null",
                pairs,
                joinCpu,
                joinBytes,
                joinErrors,
                took,
                cpu,
                cpu / took * 100,
                messages / took / n,
                bytes / took / n,
                losses,
                errors,
                cluster.transport.failed.sum(),
                resident,
                spread,
                detect);
    }
}
