/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate and its key as they are in their files.
 *
 * @param certificate PEM
 * @param key PEM
 */
public record TlsPair(Buffer certificate, Buffer key) {
    private static final String[] KEY_TYPES = {"RSA", "EC"};

    /** Reads both files, and checks that they belong together: while they are replaced, they may not. Blocks. */
    static TlsPair read(Vertx vertx, String certificatePath, String keyPath) {
        TlsPair pair = new TlsPair(contents("certificate", certificatePath), contents("key", keyPath));
        try {
            pair.check(vertx);
        } catch (Exception unusable) { // whatever the parsers of the platform throw
            throw new IllegalStateException(
                    "cannot use the TLS certificate " + certificatePath + " with the key " + keyPath
                            + " (RSA or EC, not encrypted): " + unusable.getMessage(),
                    unusable);
        }
        return pair;
    }

    ServerSSLOptions options() {
        return new ServerSSLOptions().setKeyCertOptions(keyCert()).setUseAlpn(false);
    }

    public PemKeyCertOptions keyCert() {
        return new PemKeyCertOptions().setCertValue(certificate).setKeyValue(key);
    }

    private static Buffer contents(String what, String path) {
        try {
            return Buffer.buffer(Files.readAllBytes(Path.of(path)));
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "cannot read the TLS " + what + " file " + path + ": " + reason(unreadable), unreadable);
        }
    }

    private static String reason(IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "no such file";
        }
        return unreadable instanceof AccessDeniedException
                ? "permission denied"
                : String.valueOf(unreadable.getMessage());
    }

    // The platform would take any key for any certificate, and every handshake would fail.
    private void check(Vertx vertx) throws Exception {
        for (KeyManager manager : keyCert().getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                for (String type : KEY_TYPES) {
                    String[] aliases = keys.getServerAliases(type, null);
                    if (aliases != null && aliases.length > 0) {
                        check(
                                type,
                                keys.getPrivateKey(aliases[0]),
                                keys.getCertificateChain(aliases[0])[0].getPublicKey());
                        return;
                    }
                }
            }
        }
        throw new GeneralSecurityException("it holds no certificate for an RSA or EC key");
    }

    private static void check(String type, PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        String algorithm = "SHA256with" + (type.equals("EC") ? "ECDSA" : type);
        byte[] text = {1, 2, 3};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(privateKey);
        signer.update(text);
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(publicKey);
        verifier.update(text);
        if (!verifier.verify(signer.sign())) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }
}
