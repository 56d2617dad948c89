/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Files of a certificate for 127.0.0.1 that signs itself, made by the JDK's keytool.
 *
 * @param certificate in PEM
 * @param key in PEM
 */
record Pem(Path certificate, Path key) {
    private static final String PASSWORD = "changeit";

    static Pem selfSigned(Path directory, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve(name + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String arguments = "-genkeypair -alias a -keyalg EC -dname CN=node -ext san=ip:127.0.0.1 -storetype PKCS12"
                + " -storepass " + PASSWORD + " -keystore " + file;
        Process process = new ProcessBuilder((keytool + " " + arguments).split(" "))
                .inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return new Pem(
                pem("CERTIFICATE", store.getCertificate("a").getEncoded(), directory.resolve(name + "-cert.pem")),
                pem(
                        "PRIVATE KEY",
                        store.getKey("a", PASSWORD.toCharArray()).getEncoded(),
                        directory.resolve(name + "-key.pem")));
    }

    private static Path pem(String what, byte[] der, Path file) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
