/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every operator's command: which node is asked, and how. Each but the timeout has a variable. */
final class ConnectionOptions {
    private static final String DEFAULT_URL = "http://127.0.0.1:10000";

    private static final int MAX_TOKEN_FILE_BYTES = 1 << 16;

    @Option(
            names = {"--url", "--http"},
            paramLabel = "URL",
            defaultValue = "${env:GOSSIP_URL}",
            description = "the node: http://HOST:PORT, https://HOST:PORT or HOST:PORT (GOSSIP_URL; default: "
                    + DEFAULT_URL + ")")
    @Nullable
    String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "bearer token, the first line of a file (GOSSIP_TOKEN_FILE, GOSSIP_TOKEN; default: none)")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "bearer token; everybody on this machine can see it in the list of processes")
    @Nullable
    String token;

    @Option(
            names = "--tls-trust",
            paramLabel = "FILE",
            defaultValue = "${env:GOSSIP_TLS_TRUST}",
            description = "PEM certificates to trust instead of the usual ones (GOSSIP_TLS_TRUST; default: none)")
    @Nullable
    Path tlsTrust;

    @Option(names = "--timeout", paramLabel = "DURATION", description = "how long to wait for an answer (default: 5s)")
    Duration timeout = Duration.ofSeconds(5);

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    /**
     * A client of the node.
     *
     * @throws ParameterException if an option is malformed
     * @throws OperatorException if a file cannot be used
     */
    NodeClient connect() {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw wrong("--timeout must be at least 1ms");
        }
        return new NodeClient(
                nodeUrl(), timeout, bearer(), Optional.ofNullable(tlsTrust).map(TrustedCertificates::in));
    }

    private NodeUrl nodeUrl() {
        try {
            return NodeUrl.parse(url == null || url.isBlank() ? DEFAULT_URL : url.strip());
        } catch (IllegalArgumentException malformed) {
            throw wrong("--url: " + malformed.getMessage());
        }
    }

    private Optional<String> bearer() {
        if (token != null && tokenFile != null) {
            throw wrong("give either --token-file or --token");
        }
        String given = token;
        Path file = tokenFile;
        if (given == null && file == null) {
            given = variable("GOSSIP_TOKEN");
            String name = variable("GOSSIP_TOKEN_FILE");
            file = given == null && name != null ? Path.of(name) : null;
        }
        Optional<String> found = file != null ? Optional.of(firstLine(file)) : Optional.ofNullable(given);
        if (found.isPresent() && !found.get().matches("[A-Za-z0-9._~+/=-]+")) {
            throw wrong("a token has letters, digits and -._~+/= only");
        }
        return found;
    }

    private static @Nullable String variable(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    // A pipe will do, as from a keeper of passwords; a token is short, whatever follows it.
    private static String firstLine(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_TOKEN_FILE_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .map(String::strip)
                    .orElseThrow(() -> OperatorException.lasting("--token-file: there is no token in " + file));
        } catch (IOException unreadable) {
            throw OperatorException.unreadable("--token-file", file, unreadable);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
