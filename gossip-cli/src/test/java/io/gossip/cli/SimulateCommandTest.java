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

final class SimulateCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("a.scenario"), text).toString();
    }

    @Test
    void runsAScenarioOfTheCatalogueAndWritesReports() throws IOException {
        Path json = directory.resolve("run.json");
        Path html = directory.resolve("run.html");

        Run run = Run.of("simulate", "leave", "--json", json.toString(), "--html", html.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("leave: all laws held\n");
        JsonNode read = new ObjectMapper().readTree(json.toFile());
        assertThat(read.get("scenario").asText()).isEqualTo("leave");
        assertThat(read.get("passed").asBoolean()).isTrue();
        assertThat(Files.readString(html)).startsWith("<!doctype html>");
    }

    @Test
    void aBrokenLawIsStatusOneAndSaysHowToReplay() throws IOException {
        String file = file("""
                scenario paused
                members 3
                interval 100ms
                detector 8 500ms
                at 5s pause 2 for 10s
                expect no-false-deaths
                """);

        Run run = Run.of("simulate", file, "--random-seed", "7");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("broken: no-false-deaths");
        assertThat(run.err()).isEqualTo("replay: gossip simulate " + file + " --random-seed 7\n");
    }

    @Test
    void exploresAGivenNumberOfScenarios() {
        Run run = Run.of("simulate", "--explore", "--count", "3", "--random-seed", "1");

        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.out()).startsWith("3 scenarios from random seed 1, ");
    }

    @Test
    void listsTheCatalogue() {
        assertThat(Run.of("simulate", "--list").out()).contains("partition-heals\t");
    }

    @Test
    void printsWhatClustersOfSeveralSizesCost() throws IOException {
        Path json = directory.resolve("scale.json");
        Run run = Run.of(
                "simulate", "--scale-study", "--members", "3", "--node-id-bytes", "20", "--json", json.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("| members | node id |", "| 3 | 20 B | V0 |", "| 3 | 20 B | V1 |");
        assertThat(Files.readString(json)).startsWith("[{\"members\":3,").endsWith("}]\n");
        assertThat(Run.of("simulate", "--scale-study", "--members", "1").err())
                .contains("--members must be between 2 and 10000");
    }

    @Test
    void wrongUsageIsStatusTwo() throws IOException {
        assertThat(Run.of("simulate").err())
                .contains("give one of FILE, --explore, --detection-study, --scale-study and --list");
        assertThat(Run.of("simulate", "--explore", "leave").status()).isEqualTo(2);
        assertThat(Run.of("simulate", "no-such-scenario").err()).contains("cannot read no-such-scenario: no such file");
        Run mistake = Run.of("simulate", file("scenario a\nmembres 3\n"));
        assertThat(mistake.status()).isEqualTo(2);
        assertThat(mistake.err()).contains("line 2: expected about, members");
    }
}
