/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Members as processes of their own, on loopback and ports that the system chooses. */
@Timeout(600)
final class NodeIT {
    private static final Duration MAX_WAIT = Duration.ofSeconds(ChildProcess.MAX_WAIT_SECONDS);
    private static final String[] QUICK = {"--listen-addr", "127.0.0.1:0", "--gossip-interval", "100ms"};

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(MAX_WAIT).build();

    @Test
    void twoMembersFindEachOtherAndOneLeaves() {
        try (ChildProcess first = member("first");
                ChildProcess second =
                        member("second", "--seed", gossipAddress(first), "--service", "searcher", "--shard", "3")) {
            String members = membersUrl(first);
            JsonNode both = awaitJson(
                    members,
                    json -> json.path("members").size() == 2
                            && json.at("/members/1/service").isObject());
            assertThat(both.at("/members/1/node_id").asText()).isEqualTo("second");
            assertThat(both.at("/members/1/service/type").asText()).isEqualTo("searcher");
            assertThat(both.at("/members/1/service/shard").asInt()).isEqualTo(3);

            awaitJson(membersUrl(second), json -> json.path("members").size() == 2);
            second.terminate();
            assertThat(second.status()).isZero();

            // Told, not found out: who falls silent is dead.
            String other = members.replace("/members", "/api/v1/members?node_id=second");
            awaitJson(other, json -> json.at("/members/0/state").asText().equals("left"));
            assertThat(get(members).path("members").size()).isEqualTo(1);
        }
    }

    @Test
    void stopsCleanlyOnAnInterrupt() throws IOException, InterruptedException {
        assumeFalse(isDeafToInterrupts(), "this JVM was started with SIGINT ignored, as its children are then");
        try (ChildProcess member = member("interrupted")) {
            membersUrl(member);
            member.interrupt();

            assertThat(member.status()).isZero();
        }
    }

    // A shell starts its background jobs so, and a JVM goes on ignoring what it was started to ignore.
    private static boolean isDeafToInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
    }

    @Test
    void writesInitialKeysInTheOrderGivenAndItsOwnAfterwards() {
        try (ChildProcess member = member("keys", "--set", "z=1", "--set", "a=K\u00f6ln", "--set", "m=")) {
            JsonNode state = awaitJson(membersUrl(member).replace("/members", "/"), json -> true)
                    .at("/cluster_state/node_states/0/key_values");

            assertThat(state.at("/z/version").asInt()).isEqualTo(1);
            assertThat(state.at("/a/version").asInt()).isEqualTo(2);
            assertThat(state.at("/a/value").asText()).isEqualTo("K\u00f6ln");
            assertThat(state.at("/m/version").asInt()).isEqualTo(3);
            assertThat(state.at("/service/version").asInt()).isEqualTo(4);
        }
    }

    @Test
    void remembersItsKeysInADataDirectoryThatItHasAlone(@TempDir Path directory) {
        String data = directory.resolve("data").toString();
        String url;
        try (ChildProcess member = member("kept", "--data-dir", data)) {
            url = membersUrl(member).replace("/members", "");
            assertThat(get(url + "/set_kv?key=color&value=red").path("status").asBoolean())
                    .isTrue();

            Run second = ChildProcess.run("", "node", "--listen-addr", "127.0.0.1:0", "--data-dir", data);

            assertThat(second.status()).isEqualTo(1);
            assertThat(second.err()).contains(data).contains("is in use").hasLineCount(1);
        } // killed
        try (ChildProcess member = member("kept", "--data-dir", data)) {
            JsonNode state = awaitJson(membersUrl(member).replace("/members", "/"), json -> true)
                    .at("/cluster_state/node_states/0/key_values");

            assertThat(state.at("/color/value").asText()).isEqualTo("red");
        }
    }

    @Test
    void refusesKeysThatTheMemberRefuses() {
        for (String key : List.of("gossip:state=x", "\u00fc=1", "big=" + "x".repeat(40_000))) {
            Run run = ChildProcess.run("", "node", "--listen-addr", "127.0.0.1:0", "--set", key);

            assertThat(run.status()).as(key.substring(0, 3)).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1);
        }
    }

    @Test
    void saysWhichPortIsInUse() {
        try (ChildProcess first = member("owner")) {
            String gossip = gossipAddress(first);
            String web = membersUrl(first).replaceAll("http://|/members", "");

            Run sameGossip = ChildProcess.run("", "node", "--listen-addr", "127.0.0.1:0", "--gossip-addr", gossip);
            assertThat(sameGossip.status()).isEqualTo(1);
            assertThat(sameGossip.err()).contains(gossip).hasLineCount(1);

            Run sameWeb = ChildProcess.run("", "node", "--listen-addr", web, "--gossip-addr", "127.0.0.1:0");
            assertThat(sameWeb.status()).isEqualTo(1);
            assertThat(sameWeb.err()).contains(web).hasLineCount(1);
        }
    }

    private static ChildProcess member(String id, String... more) {
        List<String> args = new ArrayList<>(List.of("node", "--node-id", id));
        args.addAll(List.of(QUICK));
        args.addAll(List.of(more));
        return ChildProcess.start(args.toArray(String[]::new));
    }

    private static String gossipAddress(ChildProcess member) {
        return member.awaitOut("gossip +udp://(\\S+)");
    }

    private static String membersUrl(ChildProcess member) {
        return member.awaitOut("(http://\\S+/members)");
    }

    private JsonNode awaitJson(String url, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        JsonNode last = null;
        while (System.nanoTime() - deadline < 0) {
            last = get(url);
            if (wanted.test(last)) {
                return last;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError(url + " did not become what was waited for, last: " + last);
    }

    private JsonNode get(String url) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(MAX_WAIT).build();
        try {
            return new ObjectMapper()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(url, e);
        }
    }
}
