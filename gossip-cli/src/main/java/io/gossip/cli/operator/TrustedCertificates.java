/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates in a PEM file, to be trusted instead of those that the JVM trusts. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Reads a file.
     *
     * @throws OperatorException if it cannot be read or holds no certificate
     */
    static SSLContext in(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw OperatorException.lasting("--tls-trust: there is no certificate in " + file);
            }
            return trusting(certificates);
        } catch (IOException unreadable) {
            throw OperatorException.unreadable("--tls-trust", file, unreadable);
        } catch (GeneralSecurityException malformed) {
            throw OperatorException.lasting(
                    "--tls-trust: " + file + " does not hold certificates in PEM: " + malformed.getMessage());
        }
    }

    private static SSLContext trusting(Collection<? extends Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("trusted-" + number++, certificate);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
