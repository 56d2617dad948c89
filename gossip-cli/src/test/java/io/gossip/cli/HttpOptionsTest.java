/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.web.AccessToken;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.TokenRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class HttpOptionsTest {
    @TempDir
    Path directory = Path.of("unset");

    private static MemberSettings settings(String... arguments) {
        CommandLine tree = CommandTree.create(Streams.ofProcess());
        tree.parseArgs(
                Stream.concat(Stream.of("node"), Arrays.stream(arguments)).toArray(String[]::new));
        NodeCommand node = requireNonNull(tree.getSubcommands().get("node")).getCommand();
        return MemberSettings.of(node.options);
    }

    @Test
    void changesNothingUnlessAsked() {
        MemberSettings settings = settings();

        assertThat(settings.web().toJson()).isEqualTo(new GossipWebOptions().toJson());
        assertThat(settings.gossip().getReadyTimeoutMillis()).isZero();
    }

    @Test
    void fillsTheOptionsOfTheWebInterface() throws IOException {
        Path readers = Files.writeString(directory.resolve("readers"), "0123456789abcdef\n\n0123456789ABCDEF\n");
        Path writers = Files.writeString(directory.resolve("writers"), "fedcba9876543210");

        MemberSettings settings = settings(
                "--ready-timeout",
                "30s",
                "--http-advertise-addr",
                "node-1:8443",
                "--read-token-file",
                readers.toString(),
                "--write-token-file",
                writers.toString(),
                "--health-needs-token",
                "--set-kv-by-post-only",
                "--allowed-host",
                "a.example,b.example",
                "--cors-origin",
                "https://ui.example",
                "--tls-cert",
                "tls.crt",
                "--tls-key",
                "tls.key",
                "--max-connections",
                "7");

        assertThat(settings.gossip().getReadyTimeoutMillis()).isEqualTo(30_000);
        GossipWebOptions web = settings.web();
        assertThat(web.getAdvertiseAddress()).isEqualTo("node-1:8443");
        assertThat(web.getSecurity().getTokens())
                .containsExactly(
                        new AccessToken("0123456789abcdef", TokenRole.READ),
                        new AccessToken("0123456789ABCDEF", TokenRole.READ),
                        new AccessToken("fedcba9876543210", TokenRole.WRITE));
        assertThat(web.getSecurity().isHealthNeedsToken()).isTrue();
        assertThat(web.isSetKeyByGet()).isFalse();
        assertThat(web.getSecurity().getAllowedHosts()).containsExactly("a.example", "b.example");
        assertThat(web.getSecurity().getCorsOrigins()).containsExactly("https://ui.example");
        assertThat(web.getSecurity().getTlsCertificatePath()).isEqualTo("tls.crt");
        assertThat(web.getSecurity().getMaxConnections()).isEqualTo(7);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad"), "short-secret");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");

        assertThatThrownBy(() -> settings("--read-token-file", bad.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--read-token-file: a token must have at least 16")
                .hasMessageNotContaining("short-secret");
        assertThatThrownBy(() -> settings("--write-token-file", empty.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no token");
        assertThatThrownBy(() ->
                        settings("--read-token-file", directory.resolve("none").toString()))
                .isInstanceOf(RefusedOption.class)
                .hasMessageStartingWith("--read-token-file: cannot read ")
                .hasMessageEndingWith(": no such file");
        assertThatThrownBy(() -> settings("--tls-cert", "tls.crt")).hasMessageContaining("--tls-key");
        assertThatThrownBy(() -> settings("--cors-origin", "*")).hasMessageStartingWith("--cors-origin: ");
        assertThatThrownBy(() -> settings("--http-advertise-addr", "0.0.0.0:80"))
                .hasMessageContaining("wildcard");
    }
}
