/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigCommandTest {
    @TempDir
    Path directory = Path.of("unset");

    @Test
    void showsEveryValueAndWhereItComesFrom() throws IOException {
        Path file = Files.writeString(directory.resolve("gossip.yaml"), "seed: [a.example:1]\nfanout: 5\n");

        for (String[] asked : new String[][] {
            {"config", "--config", file.toString(), "--set", "a=1"},
            {"config", "--effective", "--config", file.toString(), "--set", "a=1"}
        }) {
            Run run = Run.of(asked);
            assertThat(run.status()).isZero();
            assertThat(run.out().lines())
                    .hasSize(NodeSources.known().all().size())
                    .anyMatch(line -> line.matches("fanout +5 +.*gossip\\.yaml:2"))
                    .anyMatch(line -> line.matches("set +a=1 +--set"))
                    .anyMatch(line -> line.matches("protocol +v0 +default"));
        }
    }

    @Test
    void showsTheSameAsJson() throws IOException {
        Path file = Files.writeString(directory.resolve("gossip.yaml"), "fanout: 5\n");

        JsonNode settings = new ObjectMapper()
                .readTree(
                        Run.of("config", "--json", "--config", file.toString()).out())
                .path("settings");

        assertThat(settings).hasSameSizeAs(NodeSources.known().all());
        assertThat(settings)
                .filteredOn(one -> one.path("key").asText().equals("fanout"))
                .singleElement()
                .hasToString("{\"key\":\"fanout\",\"value\":\"5\",\"source\":\"file\",\"where\":\"" + file + ":1\"}");
    }

    @Test
    void doesNotShowTokens() throws IOException {
        Path tokens = Files.writeString(directory.resolve("tokens"), "0123456789abcdef");

        assertThat(Run.of("config", "--write-token-file", tokens.toString()).out())
                .contains(tokens.toString())
                .doesNotContain("0123456789abcdef");
    }

    @Test
    void checksAFile() throws IOException {
        Path good = Files.writeString(directory.resolve("good.yaml"), "fanout: 5\n");
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "fanuot: 5\nseed: a\nphi-threshold: 0\n");

        assertThat(Run.of("config", "--check", good.toString()).status()).isZero();
        Run refused = Run.of("config", "--check", bad.toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().lines()).hasSize(3).allMatch(line -> line.startsWith("gossip: " + bad + ":"));
        assertThat(Run.of("config", "--check", directory.resolve("none.yaml").toString()))
                .isEqualTo(new Run(1, "", "gossip: cannot read " + directory + "/none.yaml: no such file\n"));
    }

    @Test
    void doesNotRepeatAValueThatFillsPages() {
        Run run = Run.of("config", "--node-id", "x".repeat(50_000));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("gossip: --node-id: must be ")
                .hasLineCount(1)
                .hasSizeLessThan(3_000);
    }

    @Test
    void doesOneThingAtATime() {
        assertThat(Run.of("config", "--schema", "--effective").status()).isEqualTo(2);
    }

    @Test
    void aNodeDoesNotStartWithABadFile() throws IOException {
        Path bad = Files.writeString(directory.resolve("bad.yaml"), "# who\nfanuot: 5\n");

        Run run = Run.of("node", "--config", bad.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("gossip: " + bad + ":2: unknown key 'fanuot', did you mean 'fanout'? (see gossip --help)\n");
        assertThat(Run.of("--config", directory.resolve("none.yaml").toString()).status())
                .isEqualTo(1);
    }
}
