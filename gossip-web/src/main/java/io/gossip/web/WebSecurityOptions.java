/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a web interface, and how it protects itself. As JSON: {@code {"tokens":[{"token","role":"read"|"write"}…],
 * "healthNeedsToken","allowedHosts":[…],"corsOrigins":[…],"tlsCertificatePath","tlsKeyPath","maxConnections"}}, every field
 * optional, an unknown one refused.
 *
 * <p><b>Threads:</b> confined.
 */
public class WebSecurityOptions {
    /** Default: how many connections may be open at a time. */
    public static final int DEFAULT_MAX_CONNECTIONS = 4_096;

    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final Pattern HOST_NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");
    private static final Set<String> NAMES = Set.of(
            "tokens",
            "healthNeedsToken",
            "allowedHosts",
            "corsOrigins",
            "tlsCertificatePath",
            "tlsKeyPath",
            "maxConnections");

    private List<AccessToken> tokens = List.of();
    private boolean healthNeedsToken;
    private List<String> allowedHosts = List.of();
    private List<String> corsOrigins = List.of();
    private @Nullable String tlsCertificatePath;
    private @Nullable String tlsKeyPath;
    private int maxConnections = DEFAULT_MAX_CONNECTIONS;

    /** The defaults: no tokens, no TLS, no foreign origins. */
    public WebSecurityOptions() {}

    /**
     * A copy.
     *
     * @param other what to copy
     */
    public WebSecurityOptions(WebSecurityOptions other) {
        tokens = other.tokens;
        healthNeedsToken = other.healthNeedsToken;
        allowedHosts = other.allowedHosts;
        corsOrigins = other.corsOrigins;
        tlsCertificatePath = other.tlsCertificatePath;
        tlsKeyPath = other.tlsKeyPath;
        maxConnections = other.maxConnections;
    }

    /**
     * Reads what {@link #toJson()} wrote; what is missing or null keeps its default.
     *
     * @param json the configuration
     * @throws IllegalArgumentException naming the field, for an unknown one or a bad value
     */
    public WebSecurityOptions(JsonObject json) {
        for (String name : json.fieldNames()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "unknown option 'security." + name + "', known: " + String.join(", ", new TreeSet<>(NAMES)));
            }
        }
        List<AccessToken> read = new ArrayList<>();
        elements(json, "tokens", JsonObject.class).forEach(token -> read.add(token(token)));
        tokens = List.copyOf(read);
        healthNeedsToken = value(json, "healthNeedsToken", Boolean.class, false);
        setAllowedHosts(elements(json, "allowedHosts", String.class));
        setCorsOrigins(elements(json, "corsOrigins", String.class));
        String certificate = value(json, "tlsCertificatePath", String.class, "");
        String key = value(json, "tlsKeyPath", String.class, "");
        if (!certificate.isEmpty() || !key.isEmpty()) {
            setTls(certificate, key);
        }
        setMaxConnections(value(json, "maxConnections", Integer.class, maxConnections));
    }

    /** {@return the options as JSON, with the tokens in clear text} */
    public JsonObject toJson() {
        JsonArray secrets = new JsonArray();
        tokens.forEach(token -> secrets.add(new JsonObject()
                .put("token", token.token())
                .put("role", token.role().name().toLowerCase(Locale.ROOT))));
        JsonObject json = new JsonObject()
                .put("tokens", secrets)
                .put("healthNeedsToken", healthNeedsToken)
                .put("allowedHosts", new JsonArray(allowedHosts))
                .put("corsOrigins", new JsonArray(corsOrigins))
                .put("maxConnections", maxConnections);
        return isTls() ? json.put("tlsCertificatePath", tlsCertificatePath).put("tlsKeyPath", tlsKeyPath) : json;
    }

    /** {@return who is let in; if empty, everyone is; unmodifiable} */
    public List<AccessToken> getTokens() {
        return tokens;
    }

    /**
     * Sets who is let in: from the first token on, nobody without one, but for health and pages that hold no data.
     *
     * @param value tokens; empty to let everyone in; copied
     * @return this
     */
    public WebSecurityOptions setTokens(List<AccessToken> value) {
        tokens = List.copyOf(value);
        return this;
    }

    /** {@return whether {@code /health/live} and {@code /health/ready} need a token, too} */
    public boolean isHealthNeedsToken() {
        return healthNeedsToken;
    }

    /**
     * Sets whether {@code /health/live} and {@code /health/ready} need a token, too. It makes no difference without tokens.
     *
     * @param value whether they do
     * @return this
     */
    public WebSecurityOptions setHealthNeedsToken(boolean value) {
        healthNeedsToken = value;
        return this;
    }

    /** {@return names by which clients may call this node; unmodifiable} */
    public List<String> getAllowedHosts() {
        return allowedHosts;
    }

    /**
     * Sets names by which clients may call this node, beside IP addresses, {@code localhost} and the host that is listened
     * at. If there are any, or if the node listens at the loopback only, requests for other names are refused: that is how
     * a web page gets at nodes in its visitor's network (DNS rebinding).
     *
     * @param value host names without port, compared without regard to case; copied
     * @return this
     * @throws IllegalArgumentException if one is no name, or has a port
     */
    public WebSecurityOptions setAllowedHosts(List<String> value) {
        for (String host : value) {
            if (!HOST_NAME.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "allowedHosts must be names without port, of letters, digits, '.', '-'"
                                + " and '_' (one option for each name), was '" + host + "'");
            }
        }
        allowedHosts = List.copyOf(value);
        return this;
    }

    /** {@return origins whose pages may use this node; unmodifiable} */
    public List<String> getCorsOrigins() {
        return corsOrigins;
    }

    /**
     * Sets origins whose pages may read from and write to this node (CORS).
     *
     * @param value like {@code https://ui.example:8443}; no {@code *}; copied
     * @return this
     * @throws IllegalArgumentException if one is no origin
     */
    public WebSecurityOptions setCorsOrigins(List<String> value) {
        value.forEach(WebSecurityOptions::checkOrigin);
        corsOrigins = List.copyOf(value);
        return this;
    }

    /** {@return the file with the certificate chain; null without TLS} */
    public @Nullable String getTlsCertificatePath() {
        return tlsCertificatePath;
    }

    /** {@return the file with the private key; null without TLS} */
    public @Nullable String getTlsKeyPath() {
        return tlsKeyPath;
    }

    /** {@return whether TLS is spoken} */
    public boolean isTls() {
        return tlsCertificatePath != null;
    }

    /**
     * Has TLS spoken. Both files are looked at again every ten seconds; what changed is used for new connections.
     *
     * @param certificatePath PEM file with the certificate and those that vouch for it
     * @param keyPath PEM file with the private key: RSA or EC, not encrypted
     * @return this
     * @throws IllegalArgumentException if one is blank
     */
    public WebSecurityOptions setTls(String certificatePath, String keyPath) {
        if (certificatePath.isBlank() || keyPath.isBlank()) {
            throw new IllegalArgumentException("TLS needs both, tlsCertificatePath and tlsKeyPath");
        }
        tlsCertificatePath = certificatePath;
        tlsKeyPath = keyPath;
        return this;
    }

    /** {@return how many connections may be open at a time} */
    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * Sets how many connections may be open at a time. One more is closed at once.
     *
     * @param value 1 to 1,000,000
     * @return this
     * @throws IllegalArgumentException if it is out of bounds
     */
    public WebSecurityOptions setMaxConnections(int value) {
        if (value < 1 || value > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "maxConnections must be between 1 and " + MOST_CONNECTIONS + ", was " + value);
        }
        maxConnections = value;
        return this;
    }

    /**
     * {@return whether all options are the same}
     *
     * @param other what to compare with
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebSecurityOptions that && toJson().equals(that.toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    /** {@return the options as JSON, with the roles of the tokens only} */
    @Override
    public String toString() {
        return withoutSecrets().encode();
    }

    /** For logs. */
    JsonObject withoutSecrets() {
        JsonArray roles = new JsonArray();
        tokens.forEach(token -> roles.add(token.role().name().toLowerCase(Locale.ROOT)));
        return toJson().put("tokens", roles);
    }

    private static void checkOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawPath() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
            if (web && bare && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return;
            }
        } catch (URISyntaxException malformed) {
            // told below
        }
        throw new IllegalArgumentException(
                "corsOrigins must be like https://ui.example:8443, without path and not *, was '" + origin + "'");
    }

    private static AccessToken token(JsonObject json) {
        String role = value(json, "role", String.class, "");
        String token = value(json, "token", String.class, "");
        return switch (role) {
            case "read" -> new AccessToken(token, TokenRole.READ);
            case "write" -> new AccessToken(token, TokenRole.WRITE);
            default -> throw new IllegalArgumentException("tokens: role must be read or write, was '" + role + "'");
        };
    }

    private static <T> List<T> elements(JsonObject json, String name, Class<T> type) {
        List<T> elements = new ArrayList<>();
        for (Object element : value(json, name, JsonArray.class, new JsonArray())) {
            if (!type.isInstance(element)) {
                throw new IllegalArgumentException(name + " must hold elements of type " + type.getSimpleName());
            }
            elements.add(type.cast(element));
        }
        return elements;
    }

    private static <T> T value(JsonObject json, String name, Class<T> type, T otherwise) {
        Object value = json.getValue(name);
        if (value == null) {
            return otherwise;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " must be a " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
