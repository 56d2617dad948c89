/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import com.sun.management.ThreadMXBean;
import io.gossip.eventbus.GossipOptions;
import io.gossip.transport.GossipNodeOptions;
import io.gossip.transport.InMemoryNetwork;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What readers cost a node with 10 MB of state: how long its event loops are kept from other work and by what, how its
 * rounds go on, what an unchanged poll costs, and whether memory stays. A program, not a test: it prints numbers and judges
 * nothing. On a machine that others use as well, a loop waits for a processor too; what it <i>worked</i> is its own.
 *
 * <p>The readers are another process. Arguments: seconds of load, pollers, streams, keys that share the 10 MB.
 */
final class LoadMeasurement {
    private static final int STATE_BYTES = 10_400_000;
    private static final long GOSSIP_MILLIS = 100;
    private static final int POLLS = 40_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    private final LoopReport loops = new LoopReport(vertx);
    private @Nullable Process clients;

    private final int keys;
    private final String value;

    private LoadMeasurement(int keys) {
        this.keys = keys;
        value = "v".repeat(STATE_BYTES / keys);
    }

    /** Runs the measurement. */
    public static void main(String[] arguments) throws IOException {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int pollers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
        int streams = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        int keys = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 400;
        new LoadMeasurement(keys).run(seconds, pollers, streams);
    }

    private void run(int seconds, int pollers, int streams) throws IOException {
        InMemoryNetwork network = new InMemoryNetwork(new Random(1));
        GossipServer server = start(network, "one", 7001);
        GossipServer peer = start(network, "two", 7002);
        for (int i = 0; i < keys; i++) {
            WebFixture.await(server.service().set("key" + i, value));
        }
        clients = clients(server.httpPort());
        pause(3);
        report("idle", server, 5, () -> {});
        polls();
        report(streams + " streams opened at once, the first time", server, 5, () -> tell("stream " + streams));
        tell("hangup 0");
        pause(2);
        report(streams + " streams opened at once, again", server, 5, () -> tell("stream " + streams));
        report(streams + " streams, 10 changes/s", server, seconds, () -> change(server, seconds));
        tell("poll " + pollers);
        report(pollers + " pollers too, 10 changes/s", server, seconds, () -> change(server, seconds));
        process().getOutputStream().close(); // which ends it
        loops.close();
        WebFixture.await(peer.close());
        WebFixture.await(server.close());
        WebFixture.await(vertx.close());
    }

    private GossipServer start(InMemoryNetwork network, String name, int gossipPort) {
        GossipNodeOptions node = new GossipNodeOptions()
                .setNodeId(name)
                .setListenAddress("127.0.0.1:" + gossipPort)
                .setSeedNodes(List.of("127.0.0.1:7001"))
                .setGossipIntervalMillis(GOSSIP_MILLIS);
        return WebFixture.await(GossipServer.start(
                vertx,
                new GossipServerOptions(
                        new GossipOptions().setAddressPrefix(name).setNode(node), new GossipWebOptions().setPort(0)),
                network.transport()));
    }

    private static Process clients(int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadClients.class.getName(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Process process() {
        return java.util.Objects.requireNonNull(clients);
    }

    /** Tells the clients to do something; {@return their answer} */
    private String tell(String command) {
        try {
            Writer commands = process().outputWriter(StandardCharsets.UTF_8);
            commands.write(command + "\n");
            commands.flush();
            BufferedReader answers = process().inputReader(StandardCharsets.UTF_8);
            return answers.readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void report(String what, GossipServer server, int seconds, Runnable load) {
        long rounds = rounds(server);
        long heap = heapAfterCollection();
        pauseMillis(100); // the collection stops all loops, which must not count as theirs
        tell("tell 0");
        loops.restart();
        long start = System.nanoTime();
        load.run();
        pause(seconds - (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        String told = loops.tell();
        System.out.printf(
                "%s: %d ms, rounds %d of %d; %s; heap %d → %d MB%n%s%n",
                what,
                millis,
                rounds(server) - rounds,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) / GOSSIP_MILLIS,
                tell("tell 0"),
                heap >> 20,
                heapAfterCollection() >> 20,
                told);
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
            WebFixture.await(server.service().set("key" + i % keys, value + i));
            pauseMillis(100);
        }
    }

    private void polls() {
        tell("unchanged " + POLLS / 2);
        long before = allocated(loops.threadIds());
        String told = tell("unchanged " + POLLS);
        System.out.printf(
                "unchanged poll: %s, %d bytes allocated per request by the server's loops%n",
                told, (allocated(loops.threadIds()) - before) / POLLS);
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
