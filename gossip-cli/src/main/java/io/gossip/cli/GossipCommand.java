/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plain {@code gossip}: the same as {@code gossip node}, or with {@code --demo} as {@code gossip demo}. */
@Command(
        name = "gossip",
        description = "Cluster membership and shared state by gossip. Without a command: run one member.",
        mixinStandardHelpOptions = true,
        versionProvider = GossipCommand.Version.class,
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Logging goes to standard error; GOSSIP_LOG=error|warn|info|debug|trace, also LOGGER=LEVEL, comma separated.",
            "Exit status: 0 stopped cleanly, 1 could not start or run, 2 wrong usage."
        })
final class GossipCommand implements Callable<Integer> {
    @Mixin
    ConfigFileOption file = new ConfigFileOption();

    @Mixin
    NodeOptions options = new NodeOptions();

    @Option(names = "--demo", description = "the same as the command demo")
    boolean demo;

    @Spec
    @Nullable
    CommandSpec spec;

    private final Streams streams;

    GossipCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(spec);
        if (!demo) {
            return NodeCommand.run(file, self.commandLine(), streams);
        }
        if (self.commandLine().getParseResult().matchedOptions().size() > 1) {
            throw new ParameterException(self.commandLine(), "--demo takes no further options");
        }
        return new DemoCommand(streams).call();
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"gossip " + (version == null ? "(not packaged)" : version)};
        }
    }
}
