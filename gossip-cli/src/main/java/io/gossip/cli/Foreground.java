/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs members until a signal ends the process. */
final class Foreground {
    private static final long MAX_STOP_SECONDS = 5;

    private Foreground() {}

    /**
     * Starts members, prints what is to be said about them, and stays.
     *
     * @param starter starts them and yields the lines to print
     * @return never
     * @throws IllegalArgumentException if what was asked for is refused by the member
     * @throws RunException if they could not start; nothing runs any more then
     */
    static int run(Streams streams, Function<MemberProcess, Future<List<String>>> starter) {
        MemberProcess process = new MemberProcess();
        ShutdownHook hook = ShutdownHook.arm(() -> process.stop().toCompletionStage());
        try {
            List<String> lines = await(starter.apply(process));
            streams.out().print(String.join("\n", lines) + "\n");
            streams.out().flush();
        } catch (ExecutionException e) {
            stop(process);
            hook.disarm();
            throw translated(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | Error e) {
            // The hook would end the process with status 0, as if all had gone well.
            stop(process);
            hook.disarm();
            throw e;
        }
        return ShutdownHook.waitForTheEnd();
    }

    static RuntimeException translated(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // What only the start finds out, such as an advertised name for a wildcard.
            if (cause instanceof IllegalArgumentException refused) {
                return new IllegalArgumentException(
                        Refusals.inWordsOfOptions(String.valueOf(refused.getMessage())), refused);
            }
        }
        return new RunException(Refusals.inWordsOfOptions(Failures.reason(failure)), failure);
    }

    private static void stop(MemberProcess process) {
        CompletableFuture<Void> stopped = process.stop().toCompletionStage().toCompletableFuture();
        try {
            stopped.get(MAX_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            System.getLogger(Foreground.class.getName())
                    .log(System.Logger.Level.DEBUG, "not everything stopped after a failed start", e);
        }
    }

    private static <T> T await(Future<T> future) throws ExecutionException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            throw new RunException("interrupted while starting", e);
        }
    }
}
