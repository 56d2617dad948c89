/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gossip demo}: a small cluster in one process. */
@Command(
        name = "demo",
        description = {
            "Run five members with different services in one process until SIGINT or SIGTERM: HTTP on 127.0.0.1:10001 "
                    + "to 10005, gossip on 127.0.0.1:11001 to 11005."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Streams streams;

    DemoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        return Foreground.run(streams, process -> new DemoCluster(process).start());
    }
}
