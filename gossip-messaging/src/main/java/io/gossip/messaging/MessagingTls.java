/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files for mutual TLS, all PEM. Every member shows a certificate that names its node id, as the common name of its
 * subject or as a subject alternative name (DNS or URI), and accepts those that the trusted authorities have signed.
 *
 * @param certificatePath this member's certificate, with the chain that others need to check it
 * @param keyPath its private key, PKCS #8
 * @param trustPath certificates of the authorities that other members' certificates are checked against
 * @param trustedKeys the public keys that other members may show, each as the SHA-256 of its SubjectPublicKeyInfo (DER) in 64 hex
 *     digits; none: any key with a certificate as above
 */
public record MessagingTls(String certificatePath, String keyPath, String trustPath, Set<String> trustedKeys) {
    private static final Set<String> NAMES =
            new TreeSet<>(Set.of("certificatePath", "keyPath", "trustPath", "trustedKeys"));
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    /**
     * Copies the set, in lower case.
     *
     * @param certificatePath this member's certificate, with the chain that others need to check it
     * @param keyPath its private key, PKCS #8
     * @param trustPath certificates of the authorities that other members' certificates are checked against
     * @param trustedKeys the public keys that other members may show; none: any
     * @throws IllegalArgumentException if one of the trusted keys is no such digest
     */
    public MessagingTls {
        trustedKeys =
                trustedKeys.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        for (String key : trustedKeys) {
            if (!FINGERPRINT.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "trustedKeys must be SHA-256 digests of public keys, 64 hex digits each, was '" + key + "'");
            }
        }
    }

    /**
     * Files alone: any key is trusted that has a certificate.
     *
     * @param certificatePath this member's certificate, with the chain that others need to check it
     * @param keyPath its private key, PKCS #8
     * @param trustPath certificates of the authorities that other members' certificates are checked against
     */
    public MessagingTls(String certificatePath, String keyPath, String trustPath) {
        this(certificatePath, keyPath, trustPath, Set.of());
    }

    /**
     * Reads what {@link #toJson()} wrote; every field but {@code trustedKeys} is needed.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field that is unknown, missing or no text
     */
    public MessagingTls(JsonObject json) {
        this(text(json, "certificatePath"), text(json, "keyPath"), text(json, "trustPath"), keys(json));
    }

    /** {@return the files and keys as JSON} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("certificatePath", certificatePath)
                .put("keyPath", keyPath)
                .put("trustPath", trustPath);
        return trustedKeys.isEmpty()
                ? json
                : json.put("trustedKeys", new JsonArray(List.copyOf(new TreeSet<>(trustedKeys))));
    }

    /** Whether who shows that public key may talk. */
    boolean trusts(PublicKey key) {
        return trustedKeys.isEmpty() || trustedKeys.contains(fingerprint(key));
    }

    static String fingerprint(PublicKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java platform has SHA-256", missing);
        }
    }

    private static Set<String> keys(JsonObject json) {
        Set<String> keys = new HashSet<>();
        new OptionReader(json, NAMES).texts("trustedKeys", keys::addAll);
        return keys;
    }

    private static String text(JsonObject json, String name) {
        TextHolder holder = new TextHolder();
        new OptionReader(json, NAMES).text(name, holder::set);
        if (holder.text == null) {
            throw new IllegalArgumentException("tls needs '" + name + "', the path of a PEM file");
        }
        return holder.text;
    }

    private static final class TextHolder {
        private @Nullable String text;

        void set(String value) {
            text = value;
        }
    }
}
