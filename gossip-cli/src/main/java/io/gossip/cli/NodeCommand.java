/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gossip node}: runs one member until it is told to stop. */
@Command(
        name = "node",
        description = "Run one member until SIGINT or SIGTERM.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NodeCommand implements Callable<Integer> {
    @Mixin
    ConfigFileOption file = new ConfigFileOption();

    @Mixin
    NodeOptions options = new NodeOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    private final Streams streams;

    NodeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        return run(file, Objects.requireNonNull(spec).commandLine(), streams);
    }

    /**
     * Runs one member with the options that were parsed, over the environment and a file; returns only if it could not.
     *
     * @throws ParameterException if something is set to what no member can run with
     * @throws RunException if the surroundings do not let it run
     */
    static int run(ConfigFileOption file, CommandLine line, Streams streams) {
        try {
            NodeSources sources = NodeSources.of(line, file, System.getenv());
            LiveMember member = LiveMember.of(sources);
            return Foreground.run(
                    streams,
                    process -> member.start(process.afterLeave(ShutdownHook::endProcess))
                            .map(NodeCommand::startLines));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> startLines(RunningMember member) {
        return List.of(
                "node     " + member.self().nodeId(),
                "started  generation " + Long.toUnsignedString(member.self().generation()) + " in cluster "
                        + Failures.oneLine(member.clusterId()),
                "gossip   udp://" + member.self().gossipAddress(),
                "state    " + member.url("/"),
                "members  " + member.url("/members"));
    }
}
