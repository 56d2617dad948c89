/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gossip node}: runs one member until it is told to stop. */
@Command(
        name = "node",
        description = "Run one member until SIGINT or SIGTERM.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class NodeCommand implements Callable<Integer> {
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
        return run(options, Objects.requireNonNull(spec).commandLine());
    }

    int run(NodeOptions given, CommandLine line) {
        throw new RunException("not here yet" + given + line + streams);
    }
}
