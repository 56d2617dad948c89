/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static io.gossip.web.FakeNode.SELF;
import static io.gossip.web.FakeNode.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.web.compare.PeerAddress;
import io.gossip.web.compare.PeerClient;
import io.gossip.web.security.TlsReload;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final String PASSWORD = "changeit";

    private final WebFixture web = new WebFixture();
    private final PeerClient peerClient = new PeerClient(web.vertx, 60_000);
    private final List<WebClient> clients = new ArrayList<>(); // kept: one that nobody holds is closed

    @TempDir
    Path directory = Path.of("unset");

    @BeforeEach
    void configure() {
        web.node.with(member(SELF, MemberState.LIVE, 1));
        web.options.getSecurity().setTls(certificate().toString(), key().toString());
    }

    @AfterEach
    void close() {
        web.close();
    }

    private Path certificate() {
        return directory.resolve("tls.crt");
    }

    private Path key() {
        return directory.resolve("tls.key");
    }

    /** A self-signed certificate for this machine, made by the JDK's keytool. */
    private record Pair(String certificate, String key) {
        static Pair make(Path directory, String algorithm) throws Exception {
            Path store = Files.createTempFile(directory, "store", ".p12");
            Files.delete(store);
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "a",
                            "-keyalg",
                            algorithm,
                            "-dname",
                            "CN=node",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .inheritIO()
                    .start();
            assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(keytool.exitValue()).isZero();
            KeyStore loaded = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new Pair(
                    pem("CERTIFICATE", loaded.getCertificate("a").getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            loaded.getKey("a", PASSWORD.toCharArray()).getEncoded()));
        }

        private static String pem(String what, byte[] der) {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
        }
    }

    private Pair pair(String algorithm) throws Exception {
        return Pair.make(directory, algorithm);
    }

    private void write(Pair pair) throws IOException {
        Files.writeString(certificate(), pair.certificate());
        Files.writeString(key(), pair.key());
    }

    private WebClient clientThatTrusts(Pair pair) {
        WebClient client = WebClient.create(
                web.vertx,
                new WebClientOptions()
                        .setSsl(true)
                        .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pair.certificate()))));
        clients.add(client);
        return client;
    }

    private int status(WebClient client) {
        return WebFixture.await(client.get(web.port(), "127.0.0.1", "/members").send())
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void speaksTlsAndTellsTheOthers(String algorithm) throws Exception {
        Pair pair = pair(algorithm);
        write(pair);
        web.start();

        assertThat(status(clientThatTrusts(pair))).isEqualTo(200);
        WebFixture.await("it is told", () -> web.node.announcements.contains("https://127.0.0.1:" + web.port()));
    }

    @Test
    void aMemberThatComparesSaysThatItDoesNotTrustTheCertificate() throws Exception {
        write(pair("EC"));
        web.start();
        PeerAddress address = new PeerAddress(GossipAddress.parse("127.0.0.1:" + web.port()), true);

        assertThatThrownBy(() -> WebFixture.await(peerClient.get(address, "/api/v1/cluster", 1_000)))
                .hasMessageContaining("certificate is not one that this node's JVM trusts");
    }

    @Test
    void replacesTheCertificateWithoutClosingAnything() throws Exception {
        Pair first = pair("RSA");
        Pair second = pair("EC");
        write(first);
        web.start();
        HttpClientAgent keepsItsConnection = web.vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(first.certificate()))));
        assertThat(statusAndPeer(keepsItsConnection)).isEqualTo(List.of(200, certificateText(first)));
        assertThat(WebFixture.await(web.verticle().reloadTls())).isFalse();

        write(second);
        assertThat(WebFixture.await(web.verticle().reloadTls())).isTrue();

        assertThat(statusAndPeer(keepsItsConnection)).isEqualTo(List.of(200, certificateText(first)));
        assertThat(status(clientThatTrusts(second))).isEqualTo(200);
        assertThatThrownBy(() -> status(clientThatTrusts(first))).isNotNull();
        WebFixture.await(keepsItsConnection.close()); // needed to the end, or the garbage collector would close it
    }

    @Test
    void goesOverToOtherFilesOnlyIfTheyCanBeUsed() throws Exception {
        Pair first = pair("EC");
        Pair second = pair("EC");
        write(first);
        web.start();
        Path otherCertificate = directory.resolve("other.crt");
        Path otherKey = directory.resolve("other.key");
        GossipWebOptions wanted = web.verticle().options().setMaxEventStreams(1);
        wanted.getSecurity().setTls(otherCertificate.toString(), otherKey.toString());

        assertThatThrownBy(() -> WebFixture.await(web.verticle().reconfigure(wanted)))
                .hasMessageContaining("other.crt");
        assertThat(web.verticle().options().getMaxEventStreams()).isNotEqualTo(1);
        assertThat(status(clientThatTrusts(first))).isEqualTo(200);

        Files.writeString(otherCertificate, second.certificate());
        Files.writeString(otherKey, second.key());
        assertThat(WebFixture.await(web.verticle().reconfigure(wanted)).applied())
                .containsExactly("maxEventStreams", "security.tlsCertificatePath", "security.tlsKeyPath");
        assertThat(status(clientThatTrusts(second))).isEqualTo(200);
        assertThatThrownBy(() -> status(clientThatTrusts(first))).isNotNull();
    }

    @Test
    void aChangeThatIsOvertakenByTheStopDoesNotComeBack() throws Exception {
        write(pair("EC"));
        web.start();
        String deployment = web.vertx.deploymentIDs().iterator().next();

        Future<?> changed = web.verticle().reconfigure(web.verticle().options().setMaxEventStreams(1));
        WebFixture.await(web.vertx.undeploy(deployment));

        WebFixture.await("the change is over", changed::isComplete);
        assertThatThrownBy(() -> web.verticle().options()).hasMessageContaining("not started");
    }

    @Test
    void keepsWhatItHasWhileTheFilesDoNotFit() throws Exception {
        Pair first = pair("EC");
        Pair second = pair("EC");
        write(first);
        web.start();

        Files.writeString(certificate(), second.certificate());
        assertThatThrownBy(() -> WebFixture.await(web.verticle().reloadTls()))
                .hasMessageContaining("the key is not that of the certificate");
        Files.delete(key());
        assertThatThrownBy(() -> WebFixture.await(web.verticle().reloadTls()))
                .hasMessageContaining("cannot read the TLS key file");

        assertThat(status(clientThatTrusts(first))).isEqualTo(200);
    }

    @Test
    void tellsOnceThatACertificateCannotBeReplaced() throws Exception {
        write(pair("EC"));
        TlsReload reload = new TlsReload(web.vertx, certificate().toString(), key().toString());
        WebFixture.await(reload.first());
        reload.watch(serverThatKeepsItsCertificate());
        write(pair("EC"));
        Logger logger = Logger.getLogger(TlsReload.class.getName());
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        logger.setFilter(line -> told.add(line.getMessage()));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> WebFixture.await(reload.reload())).hasMessage("refused");
        }

        logger.setFilter(null);
        assertThat(told).containsExactly("the TLS certificate stays as it is: refused");
    }

    private static HttpServer serverThatKeepsItsCertificate() {
        return (HttpServer) Proxy.newProxyInstance(
                TlsTest.class.getClassLoader(),
                new Class<?>[] {HttpServer.class},
                (proxy, method, arguments) -> Future.failedFuture("refused"));
    }

    @Test
    void saysWhichKeysItCanUse() throws Exception {
        write(pair("Ed25519"));

        assertThatThrownBy(web::start).hasMessageContaining("RSA or EC").hasMessageContaining(key().toString());
    }

    @Test
    void doesNotStartWithoutItsFiles() {
        GossipWebVerticle verticle = new GossipWebVerticle(web.options);

        assertThatThrownBy(() -> WebFixture.await(web.vertx.deployVerticle(verticle)))
                .hasMessageContaining("cannot read the TLS certificate file")
                .hasMessageContaining(certificate().toString());
    }

    private List<Object> statusAndPeer(HttpClientAgent client) throws Exception {
        HttpClientRequest request =
                WebFixture.await(client.request(HttpMethod.GET, web.port(), "127.0.0.1", "/members"));
        String peer = Pair.pem(
                "CERTIFICATE", request.connection().peerCertificates().get(0).getEncoded());
        int status = WebFixture.await(request.send().compose(response -> {
            int code = response.statusCode();
            return response.end().map(ended -> code);
        }));
        return List.of(status, peer);
    }

    private static String certificateText(Pair pair) {
        return pair.certificate();
    }
}
