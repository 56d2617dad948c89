/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.cli.config.ConfigEnvironment;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.Reconfiguration;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reloads of which one half could be applied and the other cannot: nothing is, and the answer says why. */
@Timeout(600)
final class ReloadUndoIT {
    private static final String OLD_TOKEN = "the-old-token-of-the-test";
    private static final String NEW_TOKEN = "the-new-token-of-the-test";
    private static final String BASE = """
            node-id: first
            listen-addr: 127.0.0.1:0
            gossip-interval: 500ms
            write-token-file: tokens
            """;
    private static final String CHANGED = BASE.replace("500ms", "700ms") + "fanout: 5\nset: {a: 1}\n";

    @TempDir
    Path directory = Path.of("unset");

    private final Vertx vertx = Vertx.vertx();
    private final MemberProcess process = new MemberProcess();
    private WebClient client = WebClient.create(vertx);

    @BeforeEach
    void writeTokens() throws IOException {
        write("tokens", OLD_TOKEN);
    }

    @AfterEach
    void stop() {
        LocalNode.await(process.stop());
        LocalNode.await(vertx.close());
    }

    @Test
    void certificatesThatDoNotFitLeaveTheIntervalAsItWas() throws Exception {
        Pem pair = Pem.selfSigned(directory, "pair");
        Pem other = Pem.selfSigned(directory, "other");
        String tls = "tls-cert: %s\ntls-key: %s\n".formatted(pair.certificate(), pair.key());
        RunningMember member = start(BASE + tls);
        client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setSsl(true)
                        .setTrustOptions(new PemTrustOptions()
                                .addCertValue(Buffer.buffer(Files.readString(pair.certificate())))));

        unchanged(
                member,
                CHANGED + "tls-cert: %s\ntls-key: %s\n".formatted(other.certificate(), pair.key()),
                "the key is not that of the certificate");
        Path rubbish = write("rubbish.pem", "no certificate");
        unchanged(member, CHANGED + "tls-cert: %s\ntls-key: %s\n".formatted(rubbish, pair.key()), "rubbish.pem");
        unchanged(
                member, CHANGED + "tls-cert: none.pem\ntls-key: %s\n".formatted(pair.key()), "none.pem: no such file");
    }

    @Test
    void aFileOfTokensThatCannotBeReadLeavesEverythingAsItWas() throws IOException {
        RunningMember member = start(BASE);

        unchanged(member, CHANGED.replace(": tokens", ": none"), "none: no such file");
        unchanged(member, CHANGED.replace(": tokens", ": ."), "it is a directory");
        write("tokens", "short");
        unchanged(member, CHANGED, "a token must have at least");
    }

    @Test
    void aKeyThatTheNodeRefusesLeavesTheTokensAsTheyWere() throws IOException {
        RunningMember member = start(BASE);
        write("tokens", NEW_TOKEN);

        unchanged(member, CHANGED.replace("{a: 1}", "{a: 1, gossip:state: leaving}"), "gossip:state");
        assertThat(reload(member, OLD_TOKEN).statusCode())
                .as("with what is wrong taken out")
                .isEqualTo(422);
        write("gossip.yaml", BASE);
        assertThat(reload(member, OLD_TOKEN).bodyAsJsonObject().getJsonArray("applied"))
                .containsExactly("write-token-file");
        assertThat(reload(member, OLD_TOKEN).statusCode()).isEqualTo(401);
    }

    @Test
    void aPortThatIsTakenIsNamedAndNotTried() throws IOException {
        RunningMember member = start(BASE);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("gossip.yaml", CHANGED.replace(":0\n", ":" + taken.getLocalPort() + "\n"));

            JsonObject report = reload(member, OLD_TOKEN).bodyAsJsonObject();

            assertThat(report.getJsonArray("need_restart")).containsExactly("listen-addr");
            assertThat(report.getJsonArray("applied")).containsExactly("gossip-interval", "set", "fanout");
            assertThat(reload(member, OLD_TOKEN).statusCode()).isEqualTo(200);
        }
    }

    /** The node says yes when it is asked, and no when it is told. */
    @Test
    void whenTheNodeFailsAfterAllTheWebSideGoesBack() throws IOException {
        RunningMember member = start(BASE);
        GossipVerticle failing = new GossipVerticle(new GossipOptions()) {
            @Override
            public Reconfiguration preview(GossipOptions wanted) {
                return member.verticles().gossip().preview(wanted);
            }

            @Override
            public Future<Reconfiguration> reconfigure(GossipOptions wanted) {
                return Future.failedFuture(new IllegalStateException("the node has left"));
            }
        };
        GossipWebVerticle web = member.verticles().web();
        write("tokens", NEW_TOKEN);
        write("gossip.yaml", CHANGED);
        JsonObject before = web.options().toJson();
        MemberSettings next = NodeConfiguration.of(sources().read()).member();

        Future<List<String>> changed = new MemberVerticles(failing, web).reconfigure(next);

        LocalNode.await(changed.transform(result -> {
            assertThat(result.cause()).hasMessage("the node has left");
            return Future.succeededFuture();
        }));
        assertThat(web.options().toJson()).isEqualTo(before);
        write("tokens", OLD_TOKEN);
        write("gossip.yaml", BASE);
        assertThat(reload(member, OLD_TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void whatCannotGoBackIsTold() throws IOException {
        write("gossip.yaml", BASE);
        IllegalStateException failure = new IllegalStateException("the node has left");
        IllegalStateException notUndone = new IllegalStateException("the web interface has stopped");
        GossipVerticle failing = new GossipVerticle(new GossipOptions()) {
            @Override
            public Reconfiguration preview(GossipOptions wanted) {
                return Reconfiguration.NOTHING;
            }

            @Override
            public Future<Reconfiguration> reconfigure(GossipOptions wanted) {
                return Future.failedFuture(failure);
            }
        };
        GossipWebVerticle web = new GossipWebVerticle(new GossipWebOptions()) {
            private boolean changed;

            @Override
            public GossipWebOptions options() {
                return new GossipWebOptions();
            }

            @Override
            public Future<Reconfiguration> reconfigure(GossipWebOptions wanted) {
                boolean back = changed;
                changed = true;
                return back ? Future.failedFuture(notUndone) : Future.succeededFuture(Reconfiguration.NOTHING);
            }
        };
        MemberSettings next = NodeConfiguration.of(sources().read()).member();

        Future<List<String>> changed = new MemberVerticles(failing, web).reconfigure(next);

        LocalNode.await(changed.otherwiseEmpty());
        assertThat(changed.cause()).isSameAs(failure).hasSuppressedException(notUndone);
    }

    @Test
    void anEndlessValueIsNotRepeatedWhole() throws IOException {
        RunningMember member = start(BASE);

        write("gossip.yaml", BASE + "fanout: '" + "9".repeat(100_000) + "'\n");
        HttpResponse<Buffer> refused = reload(member, OLD_TOKEN);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.bodyAsString()).contains("fanout").hasSizeLessThan(5_000);
    }

    private RunningMember start(String settings) throws IOException {
        write("gossip.yaml", settings);
        LiveMember member = LiveMember.of(sources(), TimeUnit.HOURS.toMillis(1)); // only when it is told to
        return LocalNode.await(member.start(process));
    }

    private NodeSources sources() {
        return new NodeSources(
                NodeSources.known(),
                directory.resolve("gossip.yaml"),
                new ConfigEnvironment(List.of(), List.of()),
                List.of());
    }

    private void unchanged(RunningMember member, String settings, String why) throws IOException {
        MemberVerticles verticles = member.verticles();
        JsonObject gossip = verticles.gossip().options().toJson();
        JsonObject web = verticles.web().options().toJson();
        write("gossip.yaml", settings);

        HttpResponse<Buffer> refused = reload(member, OLD_TOKEN);

        assertThat(refused.statusCode()).as(refused.bodyAsString()).isEqualTo(422);
        assertThat(refused.bodyAsString()).contains(why);
        assertThat(verticles.gossip().options().toJson()).isEqualTo(gossip);
        assertThat(verticles.web().options().toJson()).isEqualTo(web);
    }

    private HttpResponse<Buffer> reload(RunningMember member, String token) {
        return LocalNode.await(client.postAbs(member.url("/api/v1/reload"))
                .bearerTokenAuthentication(token)
                .send());
    }

    private Path write(String name, String text) throws IOException {
        Path next = Files.writeString(directory.resolve(name + ".next"), text);
        return Files.move(
                next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
