/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.transport.HostPort;
import io.gossip.web.AccessToken;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.TokenRole;
import io.gossip.web.WebSecurityOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code gossip node} that say how HTTP is served, and to whom. */
final class HttpOptions {
    @Option(
            names = "--http-advertise-addr",
            paramLabel = "HOST:PORT",
            description =
                    "where other members reach this one by HTTP (default: the advertised host with the HTTP port)")
    @Nullable
    HostPort advertiseAddr;

    @Option(
            names = "--read-token-file",
            paramLabel = "FILE",
            description = "tokens, one a line, whose bearers may read (default: none)")
    @Nullable
    Path readTokenFile;

    @Option(
            names = "--write-token-file",
            paramLabel = "FILE",
            description =
                    "tokens, one a line, whose bearers may read and write; with either file nobody else may (default:"
                            + " none)")
    @Nullable
    Path writeTokenFile;

    @Option(
            names = "--health-needs-token",
            description = "whether /health/live and /health/ready need a token, too (default: false)")
    boolean healthNeedsToken;

    @Option(
            names = "--set-kv-by-post-only",
            description = "whether GET /set_kv is refused with 405 and only POST and PUT write (default: false)")
    boolean setKeyByPostOnly;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            split = ",",
            description =
                    "name by which clients may call this node, repeatable; then no other (default: any, or localhost"
                            + " while listening at the loopback only)")
    @Nullable
    List<String> allowedHosts;

    @Option(
            names = "--cors-origin",
            paramLabel = "ORIGIN",
            split = ",",
            description = "origin whose pages may use this node, like https://ui.example, repeatable (default: none)")
    @Nullable
    List<String> corsOrigins;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "PEM certificate chain; read again when it changes (default: no TLS)")
    @Nullable
    Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM private key, RSA or EC (default: no TLS)")
    @Nullable
    Path tlsKey;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "HTTP connections open at a time (default: 4096)")
    int maxConnections = WebSecurityOptions.DEFAULT_MAX_CONNECTIONS;

    /**
     * Fills the options of the web interface.
     *
     * @throws RefusedOption naming the option and what is wrong with it; caused by an {@link IOException} if a file of
     *     tokens cannot be read
     */
    void applyTo(GossipWebOptions web) {
        RefusedOption.checked(
                "--http-advertise-addr",
                () -> web.setAdvertiseAddress(advertiseAddr == null ? null : advertiseAddr.toString()));
        web.setSetKeyByGet(!setKeyByPostOnly);
        WebSecurityOptions security = web.getSecurity();
        List<AccessToken> tokens = new ArrayList<>();
        addTokens(tokens, readTokenFile, TokenRole.READ);
        addTokens(tokens, writeTokenFile, TokenRole.WRITE);
        security.setTokens(tokens).setHealthNeedsToken(healthNeedsToken);
        RefusedOption.checked(
                "--allowed-host", () -> security.setAllowedHosts(allowedHosts == null ? List.of() : allowedHosts));
        RefusedOption.checked(
                "--cors-origin", () -> security.setCorsOrigins(corsOrigins == null ? List.of() : corsOrigins));
        RefusedOption.checked("--max-connections", () -> security.setMaxConnections(maxConnections));
        Path certificate = tlsCertificate;
        Path key = tlsKey;
        if ((certificate == null) != (key == null)) {
            throw new RefusedOption(
                    key == null ? "--tls-cert" : "--tls-key", "give both --tls-cert and --tls-key, or neither");
        }
        if (certificate != null && key != null) {
            security.setTls(certificate.toString(), key.toString());
        }
    }

    /** {@return the option that names the file of the tokens with a role} */
    static String tokenFileOption(TokenRole role) {
        return switch (role) {
            case READ -> "--read-token-file";
            case WRITE -> "--write-token-file";
        };
    }

    private static void addTokens(List<AccessToken> tokens, @Nullable Path file, TokenRole role) {
        String option = tokenFileOption(role);
        if (file == null) {
            return;
        }
        int before = tokens.size();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    RefusedOption.checked(option, () -> tokens.add(new AccessToken(line.strip(), role)));
                }
            }
        } catch (IOException unreadable) {
            throw new RefusedOption(option, "cannot read " + file + ": " + Failures.reason(unreadable), unreadable);
        }
        if (tokens.size() == before) {
            throw new RefusedOption(option, "there is no token in " + file);
        }
    }
}
