/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.cli.config.RegularFile;
import io.gossip.transport.HostPort;
import io.gossip.web.AccessToken;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.TokenRole;
import io.gossip.web.WebSecurityOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
     * @param refusals is told what is wrong; caused by an {@link IOException} if a file cannot be read
     */
    void applyTo(GossipWebOptions web, Refusals refusals) {
        refusals.check(
                "--http-advertise-addr",
                () -> web.setAdvertiseAddress(advertiseAddr == null ? null : advertiseAddr.toString()));
        web.setSetKeyByGet(!setKeyByPostOnly);
        WebSecurityOptions security = web.getSecurity();
        List<AccessToken> tokens = new ArrayList<>();
        addTokens(tokens, readTokenFile, TokenRole.READ, refusals);
        addTokens(tokens, writeTokenFile, TokenRole.WRITE, refusals);
        security.setTokens(tokens).setHealthNeedsToken(healthNeedsToken);
        refusals.check(
                "--allowed-host", () -> security.setAllowedHosts(allowedHosts == null ? List.of() : allowedHosts));
        refusals.check("--cors-origin", () -> security.setCorsOrigins(corsOrigins == null ? List.of() : corsOrigins));
        refusals.check("--max-connections", () -> security.setMaxConnections(maxConnections));
        tls(security, refusals);
    }

    private void tls(WebSecurityOptions security, Refusals refusals) {
        Path certificate = tlsCertificate;
        Path key = tlsKey;
        if (certificate != null) {
            reading("--tls-cert", certificate, refusals, () -> RegularFile.require(certificate));
        }
        if (key != null) {
            reading("--tls-key", key, refusals, () -> RegularFile.require(key));
        }
        if ((certificate == null) != (key == null)) {
            refusals.refuse(key == null ? "--tls-cert" : "--tls-key", "give both --tls-cert and --tls-key, or neither");
        } else if (certificate != null && key != null) {
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

    private static void addTokens(List<AccessToken> tokens, @Nullable Path file, TokenRole role, Refusals refusals) {
        if (file != null) {
            String option = tokenFileOption(role);
            reading(option, file, refusals, () -> {
                List<String> lines =
                        text(file).lines().filter(line -> !line.isBlank()).toList();
                if (lines.isEmpty()) {
                    refusals.refuse(option, "there is no token in " + file);
                }
                lines.forEach(line -> tokens.add(new AccessToken(line.strip(), role)));
            });
        }
    }

    private static String text(Path file) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(RegularFile.bytes(file)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IOException("it is not text in UTF-8", notUtf8);
        }
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void reading(String option, Path file, Refusals refusals, Reading reading) {
        refusals.check(option, () -> {
            try {
                reading.run();
            } catch (IOException unreadable) {
                throw new RefusedOption(option, "cannot read " + file + ": " + Failures.reason(unreadable), unreadable);
            }
        });
    }
}
