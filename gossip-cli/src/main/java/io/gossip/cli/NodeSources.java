/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.cli.config.ConfigEnvironment;
import io.gossip.cli.config.ConfigFile;
import io.gossip.cli.config.ConfigKeys;
import io.gossip.cli.config.Configuration;
import io.gossip.cli.config.FileContent;
import io.gossip.cli.config.Origin;
import io.gossip.cli.config.Setting;
import io.gossip.cli.operator.OperatorCommands;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where the settings of a member come from: a file under the environment under the command line. Only the file may change
 * while the member runs.
 *
 * @param keys what may be set
 * @param file the file; null for none
 * @param environment what the environment sets
 * @param options what the command line sets
 */
record NodeSources(ConfigKeys keys, @Nullable Path file, ConfigEnvironment environment, List<Setting> options) {
    /** Copies what it is given. */
    NodeSources {
        options = List.copyOf(options);
    }

    /**
     * The sources of a command that was parsed.
     *
     * @param line the command, which has the options of a node
     * @param given its own file option
     * @param variables the environment
     * @throws RefusedOption if the environment names a file that cannot be one
     */
    static NodeSources of(CommandLine line, ConfigFileOption given, Map<String, String> variables) {
        ConfigKeys keys = known();
        Set<String> others = new TreeSet<>(OperatorCommands.VARIABLES);
        others.add(ConfigFileOption.VARIABLE);
        ConfigEnvironment environment = ConfigEnvironment.read(variables, keys, others);
        Path file = given.file != null ? given.file : path(variables.getOrDefault(ConfigFileOption.VARIABLE, ""));
        return new NodeSources(keys, file, environment, given(line, keys));
    }

    /** {@return all that a node can be told} */
    static ConfigKeys known() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new NodeOptions());
        return ConfigKeys.of(spec, Map.of("interval-ms", "gossip-interval"));
    }

    /**
     * Reads the file and lays the rest over it.
     *
     * @return what is set; its problems tell what in the file is no setting
     * @throws RunException if the file cannot be read
     */
    Configuration read() {
        try {
            FileContent content = file == null ? FileContent.empty() : ConfigFile.read(file, keys);
            return Configuration.layered(keys, List.of(content.settings(), environment.settings(), options))
                    .with(content);
        } catch (IOException unreadable) {
            throw new RunException("cannot read " + file + ": " + Failures.reason(unreadable), unreadable);
        }
    }

    /** {@return the files whose content matters: the one of the settings, and those of tokens that a configuration names} */
    List<Path> files(Configuration configuration) {
        Stream<Path> tokens = Stream.of("--read-token-file", "--write-token-file")
                .flatMap(option -> keys.ofOption(option).flatMap(configuration::setting).stream())
                .flatMap(setting -> setting.values().stream())
                .map(Path::of);
        return Stream.concat(Stream.ofNullable(file), tokens).toList();
    }

    private static List<Setting> given(CommandLine line, ConfigKeys keys) {
        List<Setting> settings = new ArrayList<>();
        for (OptionSpec option : line.getParseResult().matchedOptions()) {
            String name = option.names()[0];
            keys.ofOption(name)
                    .ifPresent(key ->
                            settings.add(new Setting(key, option.stringValues(), new Origin.OnCommandLine(name))));
        }
        return settings;
    }

    private static @Nullable Path path(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new RefusedOption(ConfigFileOption.VARIABLE, "not a file name in this locale", e);
        }
    }
}
