/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A member with a small heap under a flood of bad datagrams: it stays up, goes on answering, and keeps its members. How
 * many datagrams: {@code -Dgossip.hostile.datagrams=N}, and {@code -Dgossip.hostile.seconds=S} for how long at most.
 */
@Timeout(600)
final class HostileTrafficIT {
    private static final int DATAGRAMS = Integer.getInteger("gossip.hostile.datagrams", 1_000_000);

    /** On a slow machine fewer: nobody needs to wait longer for the same. */
    private static final int MOST_SECONDS = Integer.getInteger("gossip.hostile.seconds", 20);

    /** At most so many a second, so that the member really takes most of them; 0: as fast as possible. */
    private static final int PER_SECOND = Integer.getInteger("gossip.hostile.perSecond", 0);

    private static final long RANDOM_SEED = Long.getLong("gossip.randomSeed", 20_261_121);

    private static final List<String> JVM_OPTIONS =
            List.of(System.getProperty("gossip.hostile.jvm", "-Xmx64m").split(" "));

    /** More than a member remembers to have complained about, so that logging once per address is not enough. */
    private static final int SOCKETS = 300;

    /** A quarter of the largest number of members is open to strangers. */
    private static final int MOST_STRANGERS = 2_500;

    private static final Duration MOST_RECOVERY = Duration.ofSeconds(90);
    private static final Set<String> REAL = Set.of("attacked", "second", "third");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();

    /** A member as a process of its own, with all defaults of the JVM but the size of the heap. */
    private record Member(ChildProcess process, NodeIdentity identity, String url) implements AutoCloseable {
        static Member start(String id, String... more) {
            List<String> args = new ArrayList<>(List.of("node", "--node-id", id, "--generation", "1"));
            args.addAll(List.of("--listen-addr", "127.0.0.1:0", "--gossip-interval", "100ms"));
            args.addAll(List.of(more));
            ChildProcess process = ChildProcess.start(JVM_OPTIONS, Map.of("LC_ALL", "C"), args.toArray(String[]::new));
            GossipAddress address = GossipAddress.parse(process.awaitOut("gossip +udp://(\\S+)"));
            return new Member(process, new NodeIdentity(id, 1, address), process.awaitOut("(http://\\S+/)$"));
        }

        GossipAddress address() {
            return identity.gossipAddress();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    /** One look at the attacked member during the flood. */
    private record Look(long atMillis, int status, long tookMillis, long realLive, int live, int listed) {}

    @Test
    void aMemberWithLittleMemoryOutlivesAFloodOfBadDatagrams() throws Exception {
        System.out.println("HostileTrafficIT: random seed " + RANDOM_SEED + ", " + DATAGRAMS + " datagrams");
        try (Member first = Member.start("attacked");
                Member second = Member.start("second", "--seed", first.address().toString());
                Member third = Member.start("third", "--seed", first.address().toString())) {
            for (Member member : List.of(first, second, third)) {
                await(member, json -> liveIds(json).containsAll(REAL));
            }

            List<Look> looks = floodAndLook(first, List.of(first, second, third));

            assertThat(first.process.isAlive()).isTrue();
            assertThat(looks).allSatisfy(look -> assertThat(look.status()).isEqualTo(200));
            long recovered = System.nanoTime();
            for (Member member : List.of(first, second, third)) {
                JsonNode state = await(member, json -> liveIds(json).containsAll(REAL));
                assertThat(liveIds(state)).hasSizeLessThanOrEqualTo(REAL.size() + MOST_STRANGERS);
                assertThat(forged(state)).isEmpty();
            }
            System.out.printf("  all live again after %d ms%n", millisSince(recovered));
            assertThat(get(first.url + "set_kv?key=after&value=flood").statusCode())
                    .isEqualTo(200);
            for (Member member : List.of(second, third)) {
                await(
                        member,
                        json -> node(json, "attacked")
                                .at("/key_values/after/value")
                                .asText()
                                .equals("flood"));
            }
            first.process.terminate();
            assertThat(first.process.status()).isZero();
            checkLog(first.process.err(), looks);
        }
    }

    private static void checkLog(String err, List<Look> looks) {
        List<String> lines = err.lines().toList();
        System.out.printf("  log: %d lines%n", lines.size());
        assertThat(err).doesNotContain("OutOfMemory").doesNotContain("\tat ").doesNotContain("Exception");
        long seconds = looks.isEmpty() ? 0 : looks.get(looks.size() - 1).atMillis() / 1_000;
        // One line per kind of defect in ten seconds, and there are about twenty kinds.
        assertThat(lines).hasSizeLessThan((int) (25 * (2 + seconds / 10)));
    }

    private List<Look> floodAndLook(Member target, List<Member> victims) throws Exception {
        ConcurrentLinkedQueue<Look> looks = new ConcurrentLinkedQueue<>();
        HostileDatagrams datagrams = new HostileDatagrams(
                RANDOM_SEED, victims.stream().map(m -> m.identity).toList());
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
        long begin = System.nanoTime();
        try {
            ScheduledFuture<?> unlessItFails =
                    looking.scheduleWithFixedDelay(() -> looks.add(look(target, begin)), 0, 1, TimeUnit.SECONDS);
            int sent = flood(target.address(), datagrams);
            long took = millisSince(begin);
            assertThat(unlessItFails.isDone()).isFalse();
            long drops = drops(target.address().port());
            System.out.printf(
                    "  sent %d in %d ms: %d/s; dropped by the kernel: %d%n", sent, took, sent * 1_000L / took, drops);
        } finally {
            looking.shutdown();
            assertThat(looking.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        }
        System.out.printf(
                "  %d looks: slowest %d ms, real members live at least %d of %d, live at most %d, listed at most %d%n",
                looks.size(),
                most(looks, Look::tookMillis),
                -most(looks, look -> -look.realLive()),
                REAL.size(),
                most(looks, Look::live),
                most(looks, Look::listed));
        System.out.println("  " + memory(target.process.pid()));
        return List.copyOf(looks);
    }

    private static long most(Collection<Look> looks, ToLongFunction<Look> number) {
        return looks.stream().mapToLong(number).max().orElse(0);
    }

    /** {@return how many were sent} */
    private static int flood(GossipAddress target, HostileDatagrams datagrams) throws IOException {
        InetSocketAddress to = new InetSocketAddress(target.host(), target.port());
        List<DatagramChannel> channels = new ArrayList<>();
        try {
            for (int i = 0; i < SOCKETS; i++) {
                channels.add(DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
            }
            ByteBuffer buffer = ByteBuffer.allocateDirect(65_507);
            long begin = System.nanoTime();
            int sent = 0;
            while (sent < DATAGRAMS && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
                if (PER_SECOND > 0) {
                    long dueNanos = TimeUnit.SECONDS.toNanos(sent) / PER_SECOND;
                    LockSupport.parkNanos(dueNanos - (System.nanoTime() - begin));
                }
                byte[] datagram = datagrams.next();
                buffer.clear()
                        .put(datagram, 0, Math.min(datagram.length, buffer.capacity()))
                        .flip();
                channels.get(sent % SOCKETS).send(buffer, to);
                sent++;
            }
            return sent;
        } finally {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        }
    }

    private Look look(Member member, long begin) {
        long asked = System.nanoTime();
        try {
            HttpResponse<String> response = get(member.url);
            JsonNode json = new ObjectMapper().readTree(response.body());
            Set<String> live = liveIds(json);
            return new Look(
                    millisSince(begin),
                    response.statusCode(),
                    millisSince(asked),
                    live.stream().filter(REAL::contains).count(),
                    live.size(),
                    json.at("/cluster_state/node_states").size());
        } catch (IOException e) {
            return new Look(millisSince(begin), -1, millisSince(asked), 0, 0, 0);
        }
    }

    private JsonNode await(Member member, Predicate<JsonNode> wanted) throws IOException {
        long begin = System.nanoTime();
        JsonNode last = MissingNode.getInstance();
        while (System.nanoTime() - begin < MOST_RECOVERY.toNanos()) {
            last = new ObjectMapper().readTree(get(member.url).body());
            if (wanted.test(last)) {
                return last;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new AssertionError(member.identity + " did not come to what was waited for; live: " + liveIds(last));
    }

    private HttpResponse<String> get(String url) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> liveIds(JsonNode state) {
        Set<String> ids = new HashSet<>();
        state.path("live_nodes")
                .forEach(id -> ids.add(
                        id.isTextual() ? id.asText() : id.path("node_id").asText()));
        return ids;
    }

    private static JsonNode node(JsonNode state, String id) {
        for (JsonNode node : state.at("/cluster_state/node_states")) {
            if (node.at("/chitchat_id/node_id").asText().equals(id)) {
                return node;
            }
        }
        return state.path("absent");
    }

    private static Set<String> forged(JsonNode state) {
        return REAL.stream()
                .filter(id -> node(state, id).path("key_values").has(HostileDatagrams.FORGED_KEY))
                .collect(Collectors.toSet());
    }

    /** How many datagrams the kernel dropped because the member did not take them fast enough; -1 where it does not say. */
    private static long drops(int port) throws IOException {
        Path table = Path.of("/proc/net/udp");
        if (!Files.exists(table)) {
            return -1;
        }
        String local = String.format(":%04X", port);
        return Files.readAllLines(table).stream()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns[1].endsWith(local))
                .mapToLong(columns -> Long.parseLong(columns[columns.length - 1]))
                .findFirst()
                .orElse(-1);
    }

    private static String memory(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
                        .collect(Collectors.joining(" "))
                : "";
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
