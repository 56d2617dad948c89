/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gossip.cli.config.ConfigEnvironment;
import io.gossip.cli.config.ConfigException;
import io.gossip.cli.config.ConfigFile;
import io.gossip.cli.config.ConfigKey;
import io.gossip.cli.config.FileContent;
import io.gossip.cli.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written about the configuration, held against the program. */
final class ConfigDocumentsTest {
    private static final Path SCHEMA = Path.of("../docs/gossip.schema.json");
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Path GUIDE = Path.of("../docs/user-guide.md");
    private static final Path EXAMPLE = Path.of("src/main/dist/conf/gossip.yaml");

    @TempDir
    Path directory = Path.of("unset");

    @Test
    void theSchemaIsCurrent() throws IOException {
        assertThat(Files.readString(SCHEMA))
                .as("gossip config --schema > docs/gossip.schema.json")
                .isEqualTo(Run.of("config", "--schema").out());
    }

    @Test
    void theTableIsCurrent() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("gossip config --table, the end of docs/configuration.md")
                .endsWith(Run.of("config", "--table").out());
    }

    @Test
    void theGuideNamesEveryOption() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(NodeSources.known().all())
                .extracting(ConfigKey::option)
                .allMatch(option -> guide.contains("`" + option + "`"), "is in docs/user-guide.md");
    }

    @Test
    void theExampleSetsNothingUntilItIsEdited() throws IOException {
        assertThat(ConfigFile.read(EXAMPLE, NodeSources.known())).isEqualTo(FileContent.empty());
    }

    @Test
    void theExampleIsRightInAllItSuggests() throws IOException {
        String edited = Files.readAllLines(EXAMPLE).stream()
                .map(line -> line.replaceFirst("^#(?=[a-z]|  )", ""))
                .collect(Collectors.joining("\n"));
        Path file = Files.writeString(directory.resolve("gossip.yaml"), edited);

        FileContent content = ConfigFile.read(file, NodeSources.known());
        assertThat(content.problems()).isEmpty();
        assertThat(content.settings()).hasSizeGreaterThan(15);
        assertThat(violations(edited)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fanuot: 3",
                "fanout: '3'",
                "fanout: 1.5",
                "seed: 'a:1'",
                "seed: [1]",
                "listen-addr: '1.2.3.4'",
                "gossip-interval: 1",
                "health-needs-token: 'true'",
                "protocol: v2",
                "set: [a]",
                "set: {a: {b: c}}",
                "reply-limit: 1.5",
                "node-id: 7"
            })
    void schemaAndReaderRefuseTheSame(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("gossip.yaml"), text);
        NodeSources sources =
                new NodeSources(NodeSources.known(), file, new ConfigEnvironment(List.of(), List.of()), List.of());

        assertThat(violations(text)).isNotEmpty();
        assertThatThrownBy(() -> NodeConfiguration.of(sources.read())).isInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fanout: 3",
                "seed: [a:1, '[::1]:2', 10.0.0.1:3]",
                "gossip-interval: 1.5s",
                "gossip-interval: PT1S",
                "health-needs-token: true",
                "protocol: v1",
                "set: {a: 1.10, b: true, c: text}",
                "reply-limit: 1000",
                "reply-limit: 1 MiB",
                "service-type: {indexer: true}",
                "phi-threshold: 7"
            })
    void schemaAndReaderTakeTheSame(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("gossip.yaml"), text);
        NodeSources sources =
                new NodeSources(NodeSources.known(), file, new ConfigEnvironment(List.of(), List.of()), List.of());

        assertThat(violations(text)).isEmpty();
        assertThatCode(() -> NodeConfiguration.of(sources.read())).doesNotThrowAnyException();
    }

    @Test
    void noKeyIsTakenForALinkOfKubernetes() {
        for (ConfigKey key : NodeSources.known().all()) {
            ConfigEnvironment environment =
                    ConfigEnvironment.read(Map.of(key.variable(), "x"), NodeSources.known(), Set.of());

            assertThat(environment.settings()).extracting(Setting::key).containsExactly(key);
            assertThat(ConfigEnvironment.read(Map.of(key.variable() + "_", "x"), NodeSources.known(), Set.of())
                            .warnings())
                    .hasSize(1);
        }
    }

    private static List<?> violations(String yaml) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        String json = new ObjectMapper().writeValueAsString(new YAMLMapper().readTree(yaml));
        return schema.validate(json, InputFormat.JSON);
    }
}
