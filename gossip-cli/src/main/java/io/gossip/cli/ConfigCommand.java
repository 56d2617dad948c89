/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gossip.cli.config.ConfigEnvironment;
import io.gossip.cli.config.ConfigException;
import io.gossip.cli.config.ConfigSchema;
import io.gossip.cli.config.ConfigTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gossip config}: what a member would be told, and what it can be told. Starts nothing. */
@Command(
        name = "config",
        description = {
            "Show or check the configuration of a member without starting one.",
            "All options of gossip node are taken, and mean the same."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ConfigCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "0..1", exclusive = true)
    Task task = new Task();

    @Option(names = "--json", description = "with --effective: as JSON")
    boolean json;

    @Mixin
    ConfigFileOption file = new ConfigFileOption();

    @Mixin
    NodeOptions options = new NodeOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    private final Streams streams;

    ConfigCommand(Streams streams) {
        this.streams = streams;
    }

    /** What is asked for; one of them. */
    static final class Task {
        @Option(
                names = "--effective",
                description =
                        "print every value and where it comes from; what happens without --check and --schema, too",
                required = true)
        boolean effective;

        @Option(
                names = "--check",
                paramLabel = "FILE",
                description = "check a file, print all that is wrong with it",
                required = true)
        @Nullable
        Path check;

        @Option(names = "--schema", description = "print a JSON Schema of the file, for editors", required = true)
        boolean schema;

        @Option(names = "--table", hidden = true, description = "print the table of the documents", required = true)
        boolean table;
    }

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        try {
            run(line);
        } catch (ConfigException e) {
            complain(e.problems());
            return CommandTree.WRONG_USAGE;
        } catch (RunException e) {
            complain(e.lines());
            return CommandTree.COULD_NOT_RUN;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private void run(CommandLine line) {
        Path checked = task.check;
        if (checked != null) {
            NodeSources alone = new NodeSources(
                    NodeSources.known(), checked, new ConfigEnvironment(List.of(), List.of()), List.of());
            NodeConfiguration.of(alone.read());
            print(List.of(checked + ": nothing is wrong with it"));
        } else if (task.schema) {
            print(List.of(pretty(ConfigSchema.of(NodeSources.known()))));
        } else if (task.table) {
            print(ConfigTable.markdown(NodeSources.known(), LiveKeys::isLive));
        } else {
            effective(NodeSources.of(line, file, System.getenv()));
        }
    }

    private void effective(NodeSources sources) {
        NodeConfiguration loaded = NodeConfiguration.of(sources.read());
        sources.environment().warnings().forEach(warning -> streams.err().print("gossip: " + warning + "\n"));
        if (json) {
            print(List.of(pretty(ConfigTable.json(loaded.configuration()))));
        } else {
            print(ConfigTable.lines(loaded.configuration()));
        }
    }

    private void complain(List<String> problems) {
        problems.forEach(problem -> streams.err().print("gossip: " + Failures.brief(problem) + "\n"));
        streams.err().flush();
    }

    private void print(List<String> lines) {
        streams.out().print(String.join("\n", lines) + "\n");
        streams.out().flush();
    }

    private static String pretty(JsonNode json) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can always be written", e);
        }
    }
}
