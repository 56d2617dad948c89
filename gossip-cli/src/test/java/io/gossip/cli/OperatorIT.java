/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gossip.eventbus.GossipService;
import io.gossip.web.AccessToken;
import io.gossip.web.TokenRole;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each command against real nodes. */
@Timeout(600)
final class OperatorIT {
    private static final String TOKEN = "read-0123456789abcdef";

    @TempDir
    Path directory = Path.of("unset");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        LocalNode.await(vertx.close());
    }

    private LocalNode one() {
        return new LocalNode(vertx, "one");
    }

    private LocalNode two(LocalNode one) {
        LocalNode two =
                new LocalNode(vertx, "two").seedNodes(one.gossipAddress()).start();
        one.awaitLive("two");
        two.awaitLive("one");
        return two;
    }

    private static JsonNode json(Run run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasLineCount(1);
        try {
            return new ObjectMapper().readTree(run.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(run.out(), e);
        }
    }

    private static void assertFails(Run run, int status, String... words) {
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).startsWith("gossip: ").contains(words);
    }

    @Test
    void listsMembersAsATableAndAsJson() {
        LocalNode one = one().start();
        LocalNode two = two(one);
        LocalNode.await(
                "its HTTP address is known", () -> one.run("members").out().contains("127.0.0.1:" + two.port()));

        List<String> lines = one.run("members").out().lines().toList();

        assertThat(lines).hasSize(3);
        int column = lines.get(0).indexOf("STATE");
        assertThat(lines).allSatisfy(line -> assertThat(line.charAt(column - 1)).isEqualTo(' '));
        assertThat(lines.get(1).split(" +")).startsWith("one", "live");
        assertThat(json(one.run("members", "--json"))
                        .at("/members/1/id/node_id")
                        .asText())
                .isEqualTo("two");
        assertThat(one.run("members", "--service", "storage").out()).hasLineCount(1);
        two.stop();
        LocalNode.await("it left", () -> one.run("members").out().lines().count() == 2);
        assertThat(one.run("members", "--all").out()).contains("two").contains("left");
    }

    @Test
    void setsReadsAndDeletesKeys() {
        LocalNode one = one().start();
        LocalNode two = two(one);

        assertThat(one.run("set", "a/../b", "grün").out()).startsWith("a/../b: created, version ");
        Run input = Run.of("line\nline\n".getBytes(StandardCharsets.UTF_8), one.arguments("set", "text", "-"));
        assertThat(input.out()).startsWith("text: created");
        assertThat(one.run("set", "text", "--ttl", "short").out()).startsWith("text: updated");
        assertThat(one.run("get", "a/../b").out()).isEqualTo("grün\n");
        assertThat(json(one.run("get", "--json", "text")).path("status").asText())
                .isEqualTo("DeleteAfterTtl");
        LocalNode.await(
                "the other knows",
                () -> two.run("get", "--node", "one", "text").out().equals("short\n"));
        assertThat(two.run("keys", "one", "--prefix", "a").out())
                .hasLineCount(2)
                .contains("a/../b")
                .contains("grün");
        assertThat(two.run("keys", "--reserved").out()).contains("gossip:http");
        assertThat(json(two.run("keys", "one", "--json")).path("keys")).hasSize(2);

        assertThat(one.run("delete", "text", "--ttl").out()).startsWith("text: marked");
        assertThat(one.run("delete", "a/../b").out()).startsWith("a/../b: deleted");
        assertFails(one.run("get", "a/../b"), 1, "404", "no such key");
        assertFails(one.run("set", "gossip:x", "v"), 1, "403", "reserved");
        assertFails(one.run("get"), 2, "KEY");
    }

    @Test
    void leavesAndForgets() {
        LocalNode one = one().start();
        LocalNode two = two(one);

        assertFails(one.run("remove", "two"), 1, "409", "two", "live");
        assertThat(two.run("leave", "--node", "one").err()).contains("is two, not one");
        assertThat(two.run("leave").out()).startsWith("two, generation ").endsWith(" has left\n");
        LocalNode.await("it left", () -> one.run("members").out().lines().count() == 2);
        assertFails(two.run("members"), 1, "503");
        assertFails(one.run("remove", "two", "--generation", "1"), 1, "404");
        assertThat(one.run("remove", "two").out()).endsWith(" is no longer listed\n");
        assertThat(one.run("members", "--all").out()).doesNotContain("two");
    }

    @Test
    void reloads() {
        LocalNode one = one();
        one.setup = web -> web.reloader(() -> Future.succeededFuture(new JsonObject()
                .put("applied", new JsonArray().add("seed").add("token"))
                .put("need_restart", new JsonArray())));
        one.start();

        assertThat(one.run("reload").out()).isEqualTo("applied       seed, token\nneed restart  nothing\n");
        assertThat(json(one.run("reload", "--json")).path("applied")).hasSize(2);
    }

    @Test
    void followsEventsAndGoesOnAfterABrokenConnection() {
        LocalNode one = one().start();
        NetServer proxy = proxy(FreePorts.next(), one.port());
        int port = proxy.actualPort();
        try (Following events = new Following("events", "--url", "127.0.0.1:" + port);
                Following asJson = new Following("events", "--url", "127.0.0.1:" + port, "--json")) {
            events.awaitAfter(() -> set(one, "k"), " set one k version ");
            asJson.awaitAfter(() -> set(one, "k"), "{\"event\":\"keys\",\"id\":\"");

            LocalNode.await(proxy.close());
            events.await("cannot connect");
            set(one, "meanwhile");
            proxy(port, one.port());

            events.await(" set one meanwhile version ");
            asJson.await("\"key\":\"meanwhile\"");
            assertThat(events.toString()).doesNotContain("reset");
        }
    }

    private void set(LocalNode node, String key) {
        LocalNode.await(GossipService.create(vertx, node.web.getAddressPrefix()).set(key, "" + System.nanoTime()));
    }

    private NetServer proxy(int port, int target) {
        NetClient client = vertx.createNetClient();
        return LocalNode.await(vertx.createNetServer()
                .connectHandler(incoming -> {
                    incoming.pause();
                    client.connect(target, "127.0.0.1")
                            .onComplete(
                                    outgoing -> {
                                        incoming.pipeTo(outgoing);
                                        outgoing.pipeTo(incoming);
                                    },
                                    failure -> incoming.close());
                })
                .listen(port, "127.0.0.1"));
    }

    @Test
    void watchesMembers() {
        LocalNode one = one().start();
        try (Following watch = new Following(one.arguments("members", "--watch"))) {
            watch.await("one  ");
            LocalNode two = two(one);
            watch.await("two  ");
            two.stop();
            watch.awaitLast("one  ");
        }
    }

    @Test
    void saysWhatToChangeAboutTheConnection() throws IOException {
        LocalNode secured = new LocalNode(vertx, "secured");
        secured.web.getSecurity().setTokens(List.of(new AccessToken(TOKEN, TokenRole.READ)));
        secured.start();
        Path file = Files.writeString(directory.resolve("token"), "\n" + TOKEN + "\n");
        Path wrong = Files.writeString(directory.resolve("wrong"), "x".repeat(20));
        NetServer deaf = LocalNode.await(
                vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));

        assertFails(secured.run("members"), 1, "401", "--token-file");
        assertFails(secured.run("members", "--token-file", wrong.toString()), 1, "401", "not one of");
        assertThat(secured.run("members", "--token-file", file.toString()).status())
                .isZero();
        assertThat(secured.run("members", "--token", TOKEN).status()).isZero();
        assertFails(secured.run("set", "--token", TOKEN, "k", "v"), 1, "403", "reading only");
        assertFails(secured.run("members", "--token-file", "/no/such/file"), 1, "/no/such/file");
        assertFails(secured.run("members", "--token", "a b"), 2, "token");
        assertFails(
                Run.of("members", "--timeout", "60s", "--url", "127.0.0.1:1"),
                1,
                "cannot connect",
                "127.0.0.1:1",
                "--url");
        assertFails(
                Run.of("members", "--timeout", "60s", "--url", "http://no-such-host.invalid"),
                1,
                "no-such-host.invalid",
                "--url");
        assertFails(Run.of("members", "--timeout", "60s", "--url", "ftp://x"), 2, "--url");
        assertFails(
                Run.of("members", "--timeout", "60s", "--url", "https://127.0.0.1:" + secured.port()), 1, "http://");
        assertFails(
                Run.of("members", "--timeout", "200ms", "--url", "127.0.0.1:" + deaf.actualPort()),
                1,
                "no answer",
                "--timeout");
    }
}
