/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a node with a certificate that it signed itself. */
@Timeout(600)
final class OperatorTlsIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory = Path.of("unset");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        LocalNode.await(vertx.close());
    }

    @Test
    void trustsWhatItIsGiven() throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore store = selfSigned();
        Path certificate = pem("CERTIFICATE", store.getCertificate("a").getEncoded(), "cert.pem");
        Path key = pem("PRIVATE KEY", store.getKey("a", PASSWORD.toCharArray()).getEncoded(), "key.pem");
        LocalNode node = new LocalNode(vertx, "one");
        node.web.getSecurity().setTls(certificate.toString(), key.toString());
        node.start();
        String url = "https://127.0.0.1:" + node.port();

        Run trusted = Run.of("members", "--timeout", "60s", "--url", url, "--tls-trust", certificate.toString());
        assertThat(trusted.out()).as(trusted.err()).contains("one  ");
        assertThat(Run.of("doctor", "--timeout", "60s", "--url", url, "--tls-trust", certificate.toString())
                        .status())
                .isZero();
        assertFails(Run.of("members", "--timeout", "60s", "--url", url), "is not trusted", "--tls-trust");
        assertFails(Run.of("members", "--timeout", "60s", "--url", "127.0.0.1:" + node.port()), "https://");
        assertFails(
                Run.of("members", "--timeout", "60s", "--url", url, "--tls-trust", key.toString()),
                "--tls-trust",
                "key.pem");
        assertFails(
                Run.of("members", "--timeout", "60s", "--url", url, "--tls-trust", "/no/such"), "cannot read /no/such");
    }

    private static void assertFails(Run run, String... words) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains(words);
    }

    private KeyStore selfSigned() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments = "-genkeypair -alias a -keyalg EC -dname CN=node -ext san=ip:127.0.0.1 -storetype PKCS12"
                + " -storepass " + PASSWORD + " -keystore " + file;
        Process process = new ProcessBuilder((keytool + " " + arguments).split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private Path pem(String what, byte[] der, String name) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
