/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;

/** {@code gossip events}: follows what changes. */
@Command(
        name = "events",
        description =
                "Print what changes from now on, a line each, until interrupted. After a broken connection it goes"
                        + " on where it was.")
final class EventsCommand extends OperatorCommand {
    private final EventLines text = new EventLines(Clock.systemUTC());
    private String lastId = "";

    EventsCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        return new Persistence(output).keepOn(() -> follow(node));
    }

    private void follow(NodeClient node) {
        Map<String, String> headers = lastId.isEmpty() ? Map.of() : Map.of("Last-Event-ID", lastId);
        try (LineFeed lines = new LineFeed(node.open("/api/v1/events", headers))) {
            ServerSentEvents events = new ServerSentEvents(lastId);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                events.line(line.get()).ifPresent(this::print);
                lastId = events.lastId();
            }
        }
        if (!Thread.currentThread().isInterrupted()) {
            pause();
        }
    }

    private void print(ServerSentEvents.Event event) {
        text.of(event, json).forEach(output::line);
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
    }
}
