/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gossip demo}: a small cluster in one process. */
@Command(
        name = "demo",
        description = "Run five members with different services in one process.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Streams streams;

    DemoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        throw new RunException("not here yet" + streams);
    }
}
