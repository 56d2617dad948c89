/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import static io.gossip.benchmarks.sidebyside.BenchNodes.await;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.transport.GossipNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Members in one process that were all started at once with the first of them as seed node, each with an observer. */
final class BenchCluster {
    private static final long SPREAD_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long DETECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What one member sees of the others, kept on its context and read by the thread that measures. */
    private static final class Observer {
        private final Set<NodeIdentity> live = new HashSet<>();
        private final Set<NodeIdentity> seen = ConcurrentHashMap.newKeySet();
        private final AtomicInteger losses = new AtomicInteger();
        private volatile int liveCount;
        private volatile boolean gone;

        void changed(List<ClusterEvent> events) {
            for (ClusterEvent event : events) {
                if (event instanceof ClusterEvent.MemberAlive) {
                    live.add(event.identity());
                    seen.add(event.identity());
                } else if (!(event instanceof ClusterEvent.KeysChanged) && live.remove(event.identity())) {
                    losses.incrementAndGet();
                    seen.remove(event.identity());
                }
            }
            liveCount = live.size();
        }
    }

    final CountingTransport transport = new CountingTransport();
    private final List<GossipNode> nodes = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>();
    private final Random random = new Random(11);
    private final AtomicInteger arrivals = new AtomicInteger();
    private final long startedNanos = System.nanoTime();
    private volatile String awaited = "";
    private volatile long lastArrivalNanos;

    BenchCluster(Vertx vertx, int size, int base, ProtocolVersion version, int interval, int initial) throws Exception {
        List<Future<GossipNode>> starting = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            starting.add(GossipNode.start(
                    vertx,
                    BenchNodes.withSeed(BenchNodes.options(i, base + i, version, interval, initial), base),
                    Map.of("service", "bench"),
                    transport));
        }
        for (Future<GossipNode> one : starting) {
            observe(await(one));
        }
    }

    private void observe(GossipNode node) throws Exception {
        Observer observer = new Observer();
        await(node.observe(
                snapshot -> observer.changed(snapshot.members().stream()
                        .filter(member -> member.state() == io.gossip.core.event.MemberState.LIVE)
                        .filter(member -> !member.node().identity().equals(node.self()))
                        .<ClusterEvent>map(member ->
                                new ClusterEvent.MemberAlive(member.node().identity()))
                        .toList()),
                observer::changed));
        await(node.subscribe("spread-", (key, value, owner) -> {
            if (key.equals(awaited)) {
                lastArrivalNanos = System.nanoTime();
                arrivals.incrementAndGet();
            }
        }));
        nodes.add(node);
        observers.add(observer);
    }

    double millisSinceStart() {
        return (System.nanoTime() - startedNanos) / 1e6;
    }

    /** Waits until every member sees all others; returns the time since the start, ms, or NaN if it takes too long. */
    double converged(int timeoutSeconds) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        while (System.nanoTime() < limit) {
            if (observers.stream().allMatch(observer -> observer.liveCount == nodes.size() - 1)) {
                return millisSinceStart();
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return Double.NaN;
    }

    int losses() {
        return observers.stream().mapToInt(observer -> observer.losses.get()).sum();
    }

    int seenPairs() {
        return observers.stream().mapToInt(observer -> observer.liveCount).sum();
    }

    String spread(int trials) throws Exception {
        Samples times = new Samples();
        int timeouts = 0;
        for (int trial = 1; trial <= trials; trial++) {
            TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(200));
            arrivals.set(0);
            awaited = Integer.toString(trial);
            GossipNode writer = nodes.get(random.nextInt(nodes.size()));
            String key = "spread-" + trial;
            long set = System.nanoTime();
            await(writer.withState(access -> access.set(key, "small value")));
            while (arrivals.get() < nodes.size() && System.nanoTime() - set < SPREAD_TIMEOUT_NANOS) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            if (arrivals.get() < nodes.size()) {
                timeouts++;
            } else {
                times.add((lastArrivalNanos - set) / 1e6);
            }
        }
        return "{\"ms\":" + times.json() + ",\"timeouts\":" + timeouts + "}";
    }

    String detect(int trials) throws Exception {
        Samples first = new Samples();
        Samples all = new Samples();
        int timeouts = 0;
        for (int trial = 0; trial < trials; trial++) {
            int index = nodes.size() - 1 - trial;
            GossipNode victim = nodes.get(index);
            observers.get(index).gone = true;
            long killed = System.nanoTime();
            victim.abort();
            List<Observer> others =
                    observers.stream().filter(observer -> !observer.gone).toList();
            long firstNanos = 0;
            long blind = others.size();
            while (blind > 0 && System.nanoTime() - killed < DETECT_TIMEOUT_NANOS) {
                TimeUnit.MILLISECONDS.sleep(2);
                blind = others.stream()
                        .filter(observer -> observer.seen.contains(victim.self()))
                        .count();
                firstNanos = firstNanos == 0 && blind < others.size() ? System.nanoTime() - killed : firstNanos;
            }
            if (blind > 0) {
                timeouts++;
            } else {
                first.add(firstNanos / 1e6);
                all.add((System.nanoTime() - killed) / 1e6);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return "{\"all_ms\":" + all.json() + ",\"first_ms\":" + first.json() + ",\"timeouts\":" + timeouts + "}";
    }

    void abort() throws Exception {
        for (GossipNode node : nodes) {
            await(node.abort());
        }
    }
}
