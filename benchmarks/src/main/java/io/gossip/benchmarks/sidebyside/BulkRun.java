/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import static io.gossip.benchmarks.sidebyside.BenchNodes.await;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.transport.GossipNode;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A newcomer fetches the keys of the one member there is; the time is that until its observer saw the last one. */
final class BulkRun {
    private record Fetched(boolean done, long keys, double millis, double firstMillis, double cpuSeconds) {}

    private BulkRun() {}

    static void run(Options options) throws Exception {
        Vertx vertx = BenchNodes.vertx(options);
        int warmUp = options.number("warm-up", 0);
        if (warmUp > 0) {
            fetch(vertx, options, warmUp, options.number("base", 20_000) + 2, new CountingTransport());
        }
        int keys = options.count("keys", 10_000);
        CountingTransport transport = new CountingTransport();
        Fetched fetched = fetch(vertx, options, keys, options.number("base", 20_000), transport);
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"gossip-bulk\",\"keys\":%d,\"value_len\":%d,\"version\":%d,\"interval_ms\":%d,\"done\":%b,"
                        + "\"keys_got\":%d,\"ms\":%.0f,\"first_ms\":%.0f,\"cpu_s\":%.2f,\"messages\":%d,\"bytes\":%d,"
                        + "\"rss_mib\":%d}%n",
                keys,
                options.number("value-len", 100),
                options.version().code(),
                options.count("interval", 100),
                fetched.done(),
                fetched.keys(),
                fetched.millis(),
                fetched.firstMillis(),
                fetched.cpuSeconds(),
                transport.messages.sum(),
                transport.bytes.sum(),
                Usage.residentMebibytes());
    }

    private static Fetched fetch(Vertx vertx, Options options, int keys, int base, CountingTransport transport)
            throws Exception {
        ProtocolVersion version = options.version();
        int interval = options.count("interval", 100);
        Map<String, String> initial = BenchNodes.keys(keys, options.number("value-len", 100), new Random(7));
        GossipNode owner = await(
                GossipNode.start(vertx, BenchNodes.options(0, base, version, interval, interval), initial, transport));
        TimeUnit.MILLISECONDS.sleep(300);
        double cpuBefore = Usage.cpuSeconds();
        long started = System.nanoTime();
        AtomicLong firstAt = new AtomicLong(-1);
        AtomicLong got = new AtomicLong();
        CountDownLatch all = new CountDownLatch(1);
        GossipNode joiner = await(GossipNode.start(
                vertx,
                BenchNodes.withSeed(BenchNodes.options(1, base + 1, version, interval, interval), base),
                Map.of(),
                transport));
        // Some keys may be there before anyone can listen: the snapshot tells of them.
        LongConsumer arrived = count -> {
            if (count > 0) {
                firstAt.compareAndSet(-1, System.nanoTime());
                if (got.addAndGet(count) >= keys) {
                    all.countDown();
                }
            }
        };
        await(joiner.observe(
                snapshot -> snapshot.members()
                        .forEach(
                                member -> arrived.accept(member.node().entries().size())),
                changes -> changes.forEach(change -> {
                    if (change instanceof ClusterEvent.KeysChanged keysChanged) {
                        arrived.accept(keysChanged.changes().size());
                    }
                })));
        boolean done = all.await(options.number("timeout", 90), TimeUnit.SECONDS);
        long ended = System.nanoTime();
        double cpu = Usage.cpuSeconds() - cpuBefore;
        await(joiner.abort());
        await(owner.abort());
        return new Fetched(
                done, got.get(), (ended - started) / 1e6, Math.max(-1, (firstAt.get() - started) / 1e6), cpu);
    }
}
