/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Whether the certificate on the other side of a connection names a node id and shows a trusted key. */
final class PeerIdentity {
    private static final int DNS_NAME = 2;
    private static final int URI_NAME = 6;

    private PeerIdentity() {}

    /** Why who is on the other side may not call itself that; null if it may. */
    static @Nullable String objection(NetSocket socket, String nodeId, MessagingTls tls) {
        X509Certificate own = certificate(socket);
        if (own == null || !names(own, nodeId)) {
            return "the certificate does not name '" + nodeId + "'";
        }
        return tls.trusts(own.getPublicKey())
                ? null
                : "the public key of '" + nodeId + "' is not trusted here, its SHA-256 is "
                        + MessagingTls.fingerprint(own.getPublicKey());
    }

    private static @Nullable X509Certificate certificate(NetSocket socket) {
        try {
            List<Certificate> chain = socket.peerCertificates();
            return !chain.isEmpty() && chain.get(0) instanceof X509Certificate own ? own : null;
        } catch (SSLPeerUnverifiedException noCertificate) {
            return null;
        }
    }

    static boolean names(X509Certificate certificate, String nodeId) {
        return isCommonName(certificate.getSubjectX500Principal().getName(), nodeId)
                || isAlternativeName(certificate, nodeId);
    }

    private static boolean isCommonName(String subject, String nodeId) {
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue().equals(nodeId)) {
                    return true;
                }
            }
            return false;
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }

    private static boolean isAlternativeName(X509Certificate certificate, String nodeId) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .anyMatch(name ->
                                    (name.get(0).equals(DNS_NAME) || name.get(0).equals(URI_NAME))
                                            && name.get(1).equals(nodeId));
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }
}
