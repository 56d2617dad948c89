/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gossip.cli.config.ConfigException;
import io.gossip.cli.config.ConfigKey;
import io.gossip.transport.GossipNodeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class NodeConfigurationTest {
    @TempDir
    Path directory = Path.of("unset");

    private Path file = Path.of("unset");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("gossip.yaml");
    }

    @Test
    void laysOptionsOverTheEnvironmentOverTheFile() throws IOException {
        Files.writeString(file, """
                fanout: 1
                max-members: 11
                max-entry-bytes: 1KiB
                seed: [a.example:1, b.example:2]
                service-type: {indexer: true}
                service: indexer
                shard: 3
                set: {b: 1, a: 2}
                """);
        MemberSettings settings = load(
                        Map.of("GOSSIP_FANOUT", "2", "GOSSIP_MAX_MEMBERS", "22", "GOSSIP_SET", "c=3"), "--fanout", "3")
                .member();

        GossipNodeOptions node = settings.gossip().getNode();
        assertThat(node.getFanout()).isEqualTo(3);
        assertThat(node.getMaxMembers()).isEqualTo(22);
        assertThat(node.getMaxEntryBytes()).isEqualTo(1_024);
        assertThat(node.getSeedNodes()).containsExactly("a.example:1", "b.example:2");
        assertThat(requireNonNull(settings.gossip().getService()).type()).isEqualTo("indexer");
        assertThat(settings.gossip().getInitialKeyValues()).isEqualTo(Map.of("c", "3"));
    }

    @Test
    void takesTheFileOfTheEnvironmentUnlessAnotherIsGiven() throws IOException {
        Files.writeString(file, "fanout: 5");
        Path other = Files.writeString(directory.resolve("other.json"), "{\"fanout\": 6}");

        assertThat(fanout(read(sources(Map.of("GOSSIP_CONFIG", file.toString())))))
                .isEqualTo(5);
        assertThat(fanout(read(sources(Map.of("GOSSIP_CONFIG", file.toString()), "--config", other.toString()))))
                .isEqualTo(6);
    }

    @Test
    void findsFilesBesideTheFile() throws IOException {
        Files.writeString(directory.resolve("readers"), "0123456789abcdef");
        Files.writeString(file, "read-token-file: readers");

        NodeSources sources = sources(Map.of(), "--config", file.toString());

        assertThat(read(sources).member().web().getSecurity().getTokens()).hasSize(1);
        assertThat(sources.files(sources.read())).containsExactly(file, directory.resolve("readers"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                fanout: 99                | FILE:1: fanout: must be between 1 and 64, was 99
                gossip-interval: 1 hour   | FILE:1: gossip-interval: expected a duration like 100ms
                seed: [a:1, b]            | FILE:1: seed: the value must be
                service: toaster          | FILE:1: service: Unknown service type 'toaster', allowed: analytics
                tls-cert: a               | FILE:1: tls-cert: cannot read DIR/a: no such file (and 1 more
                gossip-addr: 0.0.0.0:1    | FILE:1: gossip-addr: others cannot reach this member at the wildcard
                read-token-file: no-such  | FILE:1: read-token-file: cannot read DIR/no-such: no such file
                log: loud                 | FILE:1: log: 'loud' is neither
                node-id: ""               | FILE:1: node-id: must
                fanout: 99999999999       | FILE:1: fanout: does not fit: 99999999999 is too high
                fanout: -99999999999      | FILE:1: fanout: does not fit: -99999999999 is too low
                gossip-interval: 0s       | FILE:1: gossip-interval: must be between 1ms and 1h, was 0ms
                interval-ms: 0            | FILE:1: interval-ms: must be between 1 and 3600000, was 0
                max-interval: 999999999999d | FILE:1: max-interval: is far too long
                max-entry-bytes: 1MiB     | FILE:1: max-entry-bytes: must be between 1 and 60000 bytes, was 1048576
                read-token-file: .        | FILE:1: read-token-file: cannot read DIR/.: it is a directory
                shard: -1                 | FILE:1: shard: must be 0 or more, was -1
                set: {"gossip:x": 1}      | FILE:1: set: key 'gossip:x' starts with 'gossip:', which is reserved
                tls-key: .                | FILE:1: tls-key: cannot read DIR/.: it is a directory
                """)
    void blamesTheLine(String text, String complaint) throws IOException {
        Files.writeString(file, text);

        assertThatThrownBy(() -> load(Map.of()))
                .hasMessageStartingWith(
                        complaint.replace("FILE", file.toString()).replace("DIR", directory.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                GOSSIP_FANOUT          | many        | GOSSIP_FANOUT in the environment: expected a whole number, got 'many'
                GOSSIP_FANOUT          | 99          | GOSSIP_FANOUT in the environment: must be between 1 and 64
                GOSSIP_SEED            | a:1,b       | GOSSIP_SEED in the environment: the value must be
                GOSSIP_PROTOCOL        | v7          | GOSSIP_PROTOCOL in the environment: expected v0, v1 or auto, got 'v7'
                GOSSIP_READ_TOKEN_FILE | /no/such    | GOSSIP_READ_TOKEN_FILE in the environment: cannot read /no/such: no such
                GOSSIP_HEALTH_NEEDS_TOKEN | perhaps  | GOSSIP_HEALTH_NEEDS_TOKEN in the environment: expected true or false
                """)
    void blamesTheVariable(String variable, String value, String complaint) {
        assertThatThrownBy(() -> read(sources(Map.of(variable, value)))).hasMessageStartingWith(complaint);
    }

    @Test
    void blamesTheOption() {
        assertThatThrownBy(() -> read(sources(Map.of("GOSSIP_FANOUT", "3"), "--fanout=99")))
                .hasMessageStartingWith("--fanout: must be between 1 and 64");
        assertThatThrownBy(() -> read(sources(Map.of(), "--interval-ms=5", "--gossip-interval=5ms")))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void tellsAllThatIsWrongAtOnce() throws IOException {
        Files.writeString(file, """
                fanuot: 3
                max-members: 0
                service-type: {indexer: true}
                service: toaster
                seed: a:1
                read-token-file: no-such
                interval-ms: 5
                gossip-interval: 5ms
                set: {a: 1}
                """);

        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> load(Map.of("GOSSIP_PHI_THRESHOLD", "0"), "--dead-node-grace-period=0s"));

        assertThat(refused.problems())
                .extracting(
                        problem -> problem.replaceFirst("^" + file + ":", "").replaceFirst("[:,] .*", ""))
                .containsExactlyInAnyOrder(
                        "1",
                        "2",
                        "4",
                        "5",
                        "6",
                        "8",
                        "GOSSIP_PHI_THRESHOLD in the environment",
                        "--dead-node-grace-period");
        assertThat(refused).hasMessageEndingWith("(and 7 more: gossip config tells all)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                a value of the wrong kind | tls-cert: a.pem;tls-key: [b.pem]             | FILE:2: tls-key: expected
                a misspelt key            | tls-cert: a.pem;tls-keyy: b.pem              | FILE:2: unknown key 'tls-keyy'
                a part of a map           | service: indexer;service-type: {indexer: []} | FILE:2: service-type: expected
                a mistake in the middle   | tls-cert: a.pem;seed: [a:1;tls-key: b.pem    | FILE:2:7: not YAML
                """)
    void doesNotComplainOfWhatFollowsFrom(String mistake, String text, String complaint) throws IOException {
        Files.writeString(file, text.replace(';', '\n'));
        Files.writeString(directory.resolve("a.pem"), "");
        Files.writeString(directory.resolve("b.pem"), "");

        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> load(Map.of()));

        assertThat(refused.problems())
                .as(mistake)
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(complaint.replace("FILE", file.toString())));
    }

    @Test
    void judgesWhatSomethingStrongerSetsWhateverTheFileWasToSay() throws IOException {
        Files.writeString(file, "tls-key: [b.pem]");
        Files.writeString(directory.resolve("c.pem"), "");

        ConfigException refused = catchThrowableOfType(
                ConfigException.class, () -> load(Map.of(), "--tls-key=" + directory.resolve("c.pem")));

        assertThat(refused.problems()).hasSize(2).last().asString().startsWith("--tls-key: give both");
    }

    /** What the options are called inside is nobody's business; who writes a setter must not leak it. */
    @Test
    void namesEveryLimitInTheWordsOfTheUser() {
        for (ConfigKey key : NodeSources.known().all()) {
            String tooSmall = tooSmall(key);
            if (tooSmall != null) {
                assertThatThrownBy(() -> read(sources(Map.of(key.variable(), tooSmall))))
                        .as(key.name())
                        .hasMessageStartingWith(key.variable() + " in the environment: must be ")
                        .hasMessageNotContainingAny("Millis", "Bytes");
            }
        }
    }

    private static @Nullable String tooSmall(ConfigKey key) {
        return switch (key.name()) {
            case "generation", "shard", "reply-limit", "ready-timeout" -> null; // have no least value but 0
            default ->
                switch (key.form()) {
                    case DURATION -> "0s";
                    case INTEGER, NUMBER, SIZE -> "0";
                    default -> null;
                };
        };
    }

    @Test
    void leavesAnUnknownLevelInTheVariableToTheLog() {
        assertThat(read(sources(Map.of("GOSSIP_LOG", "loud,debug"))).log().complaints())
                .hasSize(1);
        assertThatThrownBy(() -> read(sources(Map.of(), "--log=loud"))).hasMessageStartingWith("--log: 'loud'");
    }

    private NodeConfiguration load(Map<String, String> variables, String... options) {
        List<String> all = new ArrayList<>(List.of("--config", file.toString()));
        all.addAll(Arrays.asList(options));
        return read(sources(variables, all.toArray(String[]::new)));
    }

    private static NodeConfiguration read(NodeSources sources) {
        return NodeConfiguration.of(sources.read());
    }

    private static NodeSources sources(Map<String, String> variables, String... options) {
        CommandLine tree = CommandTree.create(Streams.ofProcess());
        List<String> all = new ArrayList<>(List.of("node"));
        all.addAll(Arrays.asList(options));
        tree.parseArgs(all.toArray(String[]::new));
        CommandLine node = requireNonNull(tree.getSubcommands().get("node"));
        return NodeSources.of(node, node.<NodeCommand>getCommand().file, variables);
    }

    private static int fanout(NodeConfiguration configuration) {
        return configuration.member().gossip().getNode().getFanout();
    }
}
