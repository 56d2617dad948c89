/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A member as a process of its own, whose file of settings is changed while it runs. */
@Timeout(600)
final class ReloadIT {
    private static final Duration MAX_WAIT = Duration.ofSeconds(ChildProcess.MAX_WAIT_SECONDS);
    private static final String OLD_TOKEN = "the-old-token-of-the-test";
    private static final String NEW_TOKEN = "the-new-token-of-the-test";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(MAX_WAIT).build();

    @TempDir
    Path directory = Path.of("unset");

    @Test
    void takesOverWhatCanBeChangedUnderTraffic() throws IOException {
        write("tokens", OLD_TOKEN + "\n");
        write("gossip.yaml", "gossip-interval: 100ms\n" + PATIENT + REST);
        try (ChildProcess first = ChildProcess.start(
                        Map.of("GOSSIP_FANOUT", "2", "GOSSIP_PORT", "tcp://10.0.0.1:7280", "GOSSIP_FANUOT", "1"),
                        "node",
                        "--config",
                        file("gossip.yaml").toString());
                ChildProcess second = ChildProcess.start(
                        "node",
                        "--node-id",
                        "second",
                        "--listen-addr",
                        "127.0.0.1:0",
                        "--gossip-interval",
                        "100ms",
                        "--phi-threshold",
                        "1000",
                        "--seed",
                        first.awaitOut("gossip +udp://(\\S+)"))) {
            String url = first.awaitOut("(http://\\S+)/members");
            String secondGossip = second.awaitOut("gossip +udp://(\\S+)");
            String secondUrl = second.awaitOut("(http://\\S+)/members");
            await("both are live", () -> living(url, OLD_TOKEN) == 2 && living(secondUrl, "") == 2);
            try (Traffic traffic = new Traffic(List.of(url, secondUrl))) {
                // A change of everything that the file can change at once, and of one thing that it cannot.
                write("gossip.yaml", """
                        gossip-interval: 200ms
                        seed: ["%s"]
                        phi-threshold: 900
                        max-members: 50
                        service: storage
                        shard: 3
                        cluster-id: another
                        fanout: 5
                        """.formatted(secondGossip) + REST.replace("info", "debug,ROOT=debug"));
                await(
                        "the seed node is taken over",
                        () -> seedNodes(url, OLD_TOKEN).contains(secondGossip));
                await(
                        "the service is taken over",
                        () -> get(secondUrl + "/members", "")
                                .at("/members/0/service/type")
                                .asText()
                                .equals("storage"));

                write("tokens", OLD_TOKEN + "\n" + NEW_TOKEN + "\n");
                await("the new token is taken", () -> status(url + "/members", NEW_TOKEN) == 200);
                write("tokens", NEW_TOKEN + "\n");
                await("the old token is refused", () -> status(url + "/members", OLD_TOKEN) == 401);
                traffic.token = NEW_TOKEN;

                write("gossip.yaml", "gossip-interval: soon\n" + REST);
                HttpResponse<String> refused = reload(url);
                assertThat(refused.statusCode()).isEqualTo(422);
                assertThat(refused.body()).contains("gossip.yaml:1: gossip-interval: expected a duration");
                assertThat(seedNodes(url, NEW_TOKEN)).contains(secondGossip);

                write(
                        "gossip.yaml",
                        "gossip-interval: 100ms\nnode-id: renamed\n" + PATIENT + REST.replace("node-id: first", ""));
                JsonNode report = json(reload(url).body());
                assertThat(report.path("applied").toString())
                        .contains("\"gossip-interval\"", "\"seed\"", "\"service\"", "\"log\"")
                        .doesNotContain("fanout");
                assertThat(report.path("need_restart")).hasToString("[\"node-id\"]");
                assertThat(traffic.stop()).isEmpty();
            }
            assertThat(living(url, NEW_TOKEN)).isEqualTo(2);
            first.terminate();
            assertThat(first.status()).isZero();
            String[] beforeAndAfter = first.err().split("the configuration was read again", 2);
            assertThat(beforeAndAfter[0]).doesNotContain(" DEBUG ");
            assertThat(beforeAndAfter[1]).contains(" DEBUG ");
            assertThat(first.err())
                    .contains("GOSSIP_FANUOT in the environment means nothing")
                    .doesNotContain("GOSSIP_PORT")
                    .contains("changed: ")
                    .contains("left as it was until the next start: cluster-id")
                    .doesNotContain(OLD_TOKEN)
                    .doesNotContain(NEW_TOKEN);
        }
    }

    @Test
    void aBrokenFileChangesNothingAndSaysSoOnce() throws IOException {
        write("tokens", NEW_TOKEN);
        write("gossip.yaml", REST);
        try (ChildProcess member =
                ChildProcess.start("node", "--config", file("gossip.yaml").toString())) {
            String url = member.awaitOut("(http://\\S+)/members");
            write("gossip.yaml", REST + "seed: 127.0.0.1:1\n");
            member.awaitErr("nothing was changed");
            // Another reason to read the file, which is still broken in the same way.
            write("tokens", OLD_TOKEN);
            assertThat(status(url + "/members", NEW_TOKEN)).isEqualTo(200);
            write("gossip.yaml", REST + "seed: [\"127.0.0.1:1\"]\n");
            await("the repaired file is taken", () -> status(url + "/members", OLD_TOKEN) == 200);
            member.terminate();
            assertThat(member.status()).isZero();
            assertThat(member.err().lines().filter(line -> line.contains("nothing was changed")))
                    .singleElement()
                    .asString()
                    .contains("gossip.yaml:5: seed: expected a list");
        }
    }

    /** No stall of the machine makes the members dead to one another. */
    private static final String PATIENT = "phi-threshold: 1000\n";

    private static final String REST = """
            node-id: first
            listen-addr: 127.0.0.1:0
            write-token-file: tokens
            log: info
            """;

    /** Asks for members without a pause; remembers every answer but a list in which both are alive. */
    private final class Traffic implements AutoCloseable {
        private final List<String> complaints = new ArrayList<>();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread;
        private volatile String token = OLD_TOKEN;

        Traffic(List<String> urls) {
            thread = new Thread(() -> run(urls), "traffic");
            thread.start();
        }

        private void run(List<String> urls) {
            while (!stopped.get() && complaints.size() < 10) {
                for (String url : urls) {
                    String with = token;
                    HttpResponse<String> response =
                            send(request(url + "/members", with).build());
                    boolean rotated = response.statusCode() == 401 && with.equals(OLD_TOKEN);
                    if (!rotated && (response.statusCode() != 200 || !bothAlive(response.body()))) {
                        complaints.add(url + " " + response.statusCode() + " " + response.body());
                    }
                }
            }
        }

        List<String> stop() {
            stopped.set(true);
            try {
                thread.join(MAX_WAIT.toMillis());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return complaints;
        }

        @Override
        public void close() {
            stop();
        }
    }

    private static boolean bothAlive(String body) {
        return json(body).path("members").size() == 2;
    }

    private int living(String url, String token) {
        return get(url + "/members", token).path("members").size();
    }

    private String seedNodes(String url, String token) {
        return get(url + "/api/v1/node", token).path("seed_nodes").toString();
    }

    private HttpResponse<String> reload(String url) {
        return send(request(url + "/api/v1/reload", NEW_TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private int status(String url, String token) {
        return send(request(url, token).build()).statusCode();
    }

    private JsonNode get(String url, String token) {
        return json(send(request(url, token).build()).body());
    }

    private static HttpRequest.Builder request(String url, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(MAX_WAIT);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.uri().toString(), e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    /** As editors and configuration tools do: another file is moved over it. */
    private void write(String name, String text) throws IOException {
        Path next = Files.writeString(file(name + ".next"), text);
        Files.move(next, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
