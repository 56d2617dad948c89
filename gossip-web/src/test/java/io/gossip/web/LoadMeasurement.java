/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import com.sun.management.ThreadMXBean;
import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What readers cost a node with 10 MB of state: how long its event loops are kept from other work, how its rounds go on,
 * what an unchanged poll costs, and whether memory stays. A program, not a test: it prints numbers and judges nothing. On
 * a machine that others use as well, a loop waits for a processor too; <i>busy</i> is what it worked meanwhile.
 *
 * <p>Server and clients share this process, but not their event loops. Arguments: seconds of load, pollers, streams.
 */
final class LoadMeasurement {
    private static final int KEYS = 400;
    private static final String VALUE = "v".repeat(26_000);
    private static final long GOSSIP_MILLIS = 100;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Vertx serverVertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(3));
    private final Vertx clientVertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = clientVertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1"), new PoolOptions().setHttp1MaxSize(2_000));
    private final AtomicLongArray stalls = new AtomicLongArray(10_001); // by tenths of a millisecond above the period
    private final AtomicLongArray busy = new AtomicLongArray(10_001); // processor time between two ticks, as above
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong longestBusy = new AtomicLong();
    private final AtomicLong polled = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean running = true;
    private int port;

    private LoadMeasurement() {}

    /** Runs the measurement. */
    public static void main(String[] arguments) throws InterruptedException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int pollers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        int streams = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        new LoadMeasurement().run(seconds, pollers, streams);
    }

    private void run(int seconds, int pollers, int streams) throws InterruptedException {
        InMemoryNetwork network = new InMemoryNetwork(new Random(1));
        GossipServer server = start(network, "one", 7001);
        GossipServer peer = start(network, "two", 7002);
        port = server.httpPort();
        for (int i = 0; i < KEYS; i++) {
            WebFixture.await(server.service().set("key" + i, VALUE));
        }
        watchLoops();
        pause(3);
        report("idle", server, 5, () -> {});
        etagPolls();
        report(streams + " streams opened at once", server, 5, () -> open(streams));
        report(streams + " streams, 10 changes/s", server, seconds, () -> change(server, seconds));
        for (int i = 0; i < pollers; i++) {
            poll();
        }
        report(pollers + " pollers too, 10 changes/s", server, seconds, () -> change(server, seconds));
        running = false;
        WebFixture.await(client.close());
        WebFixture.await(peer.close());
        WebFixture.await(server.close());
        WebFixture.await(serverVertx.close());
        WebFixture.await(clientVertx.close());
    }

    private void open(int streams) {
        for (int i = 0; i < streams; i++) {
            stream();
        }
    }

    private GossipServer start(InMemoryNetwork network, String name, int gossipPort) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress("127.0.0.1:" + gossipPort)
                .setSeedNodes(List.of("127.0.0.1:7001"))
                .setGossipIntervalMillis(GOSSIP_MILLIS);
        return WebFixture.await(GossipServer.start(
                serverVertx,
                new GossipServerOptions(
                        new GossipOptions().setAddressPrefix(name).setNode(node), new GossipWebOptions().setPort(0)),
                network.transport()));
    }

    private void watchLoops() {
        for (EventExecutor loop : ((VertxInternal) serverVertx).eventLoopGroup()) {
            AtomicLong last = new AtomicLong(System.nanoTime());
            AtomicLong lastCpu = new AtomicLong(-1);
            ScheduledFuture<?> unused = loop.scheduleWithFixedDelay(
                    () -> {
                        long cpu = THREADS.getCurrentThreadCpuTime();
                        long before = lastCpu.getAndSet(cpu);
                        if (before >= 0) {
                            busy.incrementAndGet((int) Math.min(10_000, (cpu - before) / 100_000));
                            longestBusy.accumulateAndGet(cpu - before, Math::max);
                        }
                        long now = System.nanoTime();
                        long over = now - last.getAndSet(now) - 1_000_000;
                        longest.accumulateAndGet(over, Math::max);
                        stalls.incrementAndGet((int) Math.min(10_000, Math.max(0, over / 100_000)));
                    },
                    1,
                    1,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void report(String what, GossipServer server, int seconds, Runnable load) {
        long rounds = rounds(server);
        long heap = heapAfterCollection();
        pauseMillis(100); // the collection stops all loops, which must not count as theirs
        forgetWhatWasMeasured();
        long start = System.nanoTime();
        load.run();
        pause(seconds - (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.printf(
                "%s: %d ms, stall p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms; of it busy p99.9 %.1f ms, longest %.1f ms; rounds %d of %d; polls %d; %d MB received;"
                        + " heap %d → %d MB%n",
                what,
                millis,
                percentile(stalls, 0.99),
                percentile(stalls, 0.999),
                longest.get() / 1e6,
                percentile(busy, 0.999),
                longestBusy.get() / 1e6,
                rounds(server) - rounds,
                millis / GOSSIP_MILLIS,
                polled.get(),
                received.get() >> 20,
                heap >> 20,
                heapAfterCollection() >> 20);
    }

    private void forgetWhatWasMeasured() {
        for (int i = 0; i < stalls.length(); i++) {
            stalls.set(i, 0);
            busy.set(i, 0);
        }
        longestBusy.set(0);
        longest.set(0);
        polled.set(0);
        received.set(0);
    }

    private static double percentile(AtomicLongArray counts, double part) {
        long all = 0;
        for (int i = 0; i < counts.length(); i++) {
            all += counts.get(i);
        }
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.get(i);
            if (seen >= part * all) {
                return i / 10.0;
            }
        }
        return 0;
    }

    private static long rounds(GossipServer server) {
        return WebFixture.await(server.service().status()).stats().rounds();
    }

    private static long heapAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void change(GossipServer server, int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            WebFixture.await(server.service().set("key" + i % KEYS, VALUE + i));
            pauseMillis(100);
        }
    }

    private RequestOptions request(String uri) {
        return new RequestOptions().setMethod(HttpMethod.GET).setPort(port).setURI(uri);
    }

    private void stream() {
        client.request(request("/api/v1/events"))
                .compose(sent -> sent.send())
                .onSuccess(response -> response.handler(chunk -> received.addAndGet(chunk.length())));
    }

    private void poll() {
        if (!running) {
            return;
        }
        client.request(request("/"))
                .compose(sent -> sent.send())
                .compose(response -> {
                    response.handler(chunk -> received.addAndGet(chunk.length()));
                    return response.end();
                })
                .onComplete(done -> {
                    polled.incrementAndGet();
                    clientVertx.setTimer(1_000, timer -> poll());
                });
    }

    private void etagPolls() throws InterruptedException {
        String tag = WebFixture.await(client.request(request("/"))
                .compose(sent -> sent.send())
                .compose(response -> response.body().map(body -> response.getHeader("ETag"))));
        int connections = 8;
        int warmUp = 20_000;
        poll304(tag, warmUp, connections);
        List<Long> loops = serverLoops();
        long before = allocated(loops);
        long start = System.nanoTime();
        int requests = 40_000;
        poll304(tag, requests, connections);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "unchanged poll: %.0f requests/s on %d connections, %d bytes allocated per request by the server's loops%n",
                requests / seconds, connections, (allocated(loops) - before) / requests);
    }

    private void poll304(String tag, int requests, int connections) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(requests);
        AtomicLong toSend = new AtomicLong(requests);
        for (int i = 0; i < connections; i++) {
            next304(tag, toSend, left);
        }
        if (!left.await(5, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no answer for 5 minutes");
        }
    }

    private void next304(String tag, AtomicLong toSend, CountDownLatch left) {
        if (toSend.getAndDecrement() <= 0) {
            return;
        }
        client.request(request("/").putHeader("If-None-Match", tag))
                .compose(sent -> sent.send())
                .compose(response -> response.end().map(response.statusCode()))
                .onComplete(answered -> {
                    if (!Integer.valueOf(304).equals(answered.result())) {
                        throw new IllegalStateException("not 304 but " + answered);
                    }
                    left.countDown();
                    next304(tag, toSend, left);
                });
    }

    private List<Long> serverLoops() {
        List<Long> ids = new ArrayList<>();
        for (EventExecutor loop : ((VertxInternal) serverVertx).eventLoopGroup()) {
            ids.add(loop.submit(() -> Thread.currentThread().getId())
                    .syncUninterruptibly()
                    .getNow());
        }
        return ids;
    }

    private static long allocated(List<Long> ids) {
        return ids.stream().mapToLong(THREADS::getThreadAllocatedBytes).sum();
    }

    private static void pause(int seconds) {
        pauseMillis(seconds * 1_000L);
    }

    private static void pauseMillis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.max(0, millis));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
