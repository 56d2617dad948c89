/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Files for mutual TLS, all PEM. Every member shows a certificate that names its node id, as the common name of its
 * subject or as a subject alternative name (DNS or URI), and accepts those that the trusted authorities have signed.
 *
 * @param certificatePath this member's certificate, with the chain that others need to check it
 * @param keyPath its private key, PKCS #8
 * @param trustPath certificates of the authorities that other members' certificates are checked against
 */
public record MessagingTls(String certificatePath, String keyPath, String trustPath) {
    private static final Set<String> NAMES = new TreeSet<>(Set.of("certificatePath", "keyPath", "trustPath"));

    /**
     * Reads what {@link #toJson()} wrote; every field is needed.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field that is unknown, missing or no text
     */
    public MessagingTls(JsonObject json) {
        this(text(json, "certificatePath"), text(json, "keyPath"), text(json, "trustPath"));
    }

    /** {@return the files as JSON} */
    public JsonObject toJson() {
        return new JsonObject()
                .put("certificatePath", certificatePath)
                .put("keyPath", keyPath)
                .put("trustPath", trustPath);
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
