/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for the members of a test. */
final class Authority {
    private final Path folder;
    private final KeyPair keys = newKeys();
    private final Path trust;
    private long serial;

    Authority(Path folder) {
        this.folder = folder;
        trust = write("authority", certificate("authority", keys, true));
    }

    /** A fresh key and certificate for a node id, in files of that name. */
    MessagingTls issue(String fileName, String nodeId) {
        KeyPair member = newKeys();
        Path certificate = write(fileName + "-certificate", certificate(nodeId, member, false));
        try {
            Path key = write(fileName + "-key", new JcaPKCS8Generator(member.getPrivate(), null));
            return new MessagingTls(certificate.toString(), key.toString(), trust.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key of the certificate that was issued with those files. */
    static PublicKey publicKey(MessagingTls files) {
        try (InputStream pem = Files.newInputStream(Path.of(files.certificatePath()))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getPublicKey();
        } catch (IOException | CertificateException e) {
            throw new AssertionError(e);
        }
    }

    private Object certificate(String name, KeyPair subject, boolean signsOthers) {
        Instant now = Instant.now();
        try {
            return new JcaX509v3CertificateBuilder(
                            new X500Principal("CN=authority"),
                            BigInteger.valueOf(++serial),
                            Date.from(now.minusSeconds(60)),
                            Date.from(now.plusSeconds(3_600)),
                            new X500Principal("CN=" + name),
                            subject.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(signsOthers))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (IOException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private Path write(String name, Object pem) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pem);
            writer.flush();
            return Files.writeString(folder.resolve(name + ".pem"), text.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
