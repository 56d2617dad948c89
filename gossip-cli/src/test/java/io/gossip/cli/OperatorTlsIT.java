/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a node with a certificate that it signed itself. */
@Timeout(600)
final class OperatorTlsIT {
    @TempDir
    Path directory = Path.of("unset");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        LocalNode.await(vertx.close());
    }

    @Test
    void trustsWhatItIsGiven() throws IOException, InterruptedException, GeneralSecurityException {
        Pem pem = Pem.selfSigned(directory, "node");
        Path certificate = pem.certificate();
        Path key = pem.key();
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
}
