/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Lets SIGINT and SIGTERM end the process in good order: what runs is stopped, for at most five seconds, and the exit
 * status is 0 and not the number of the signal.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class ShutdownHook {
    private static final long MAX_STOP_SECONDS = 5;

    private final Thread thread;

    private ShutdownHook(Supplier<? extends CompletionStage<?>> stop) {
        this.thread = new Thread(() -> stopAndHalt(stop), "gossip-shutdown");
    }

    /**
     * Arms the hook.
     *
     * @param stop begins to stop what runs; called at most once
     * @return to disarm it
     */
    static ShutdownHook arm(Supplier<? extends CompletionStage<?>> stop) {
        ShutdownHook hook = new ShutdownHook(stop);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /** Lets the process end with its own exit status; returns only if it is not ending already. */
    void disarm() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException alreadyStopping) {
            waitForTheEnd();
        }
    }

    /** Ends the process as a signal would. Does not wait: the stopping needs the thread of an event loop that calls this. */
    static void endProcess() {
        new Thread(() -> System.exit(0), "end-process").start();
    }

    /** Waits until the process is halted. {@return never} */
    static int waitForTheEnd() {
        while (true) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt the main thread; the process goes on until it is told to stop.
            }
        }
    }

    private static void stopAndHalt(Supplier<? extends CompletionStage<?>> stop) {
        try {
            stop.get().toCompletableFuture().get(MAX_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log("not everything stopped within " + MAX_STOP_SECONDS + " s", e);
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            log("stopping failed: " + Failures.reason(e), e);
        } finally {
            System.out.flush();
            // The JVM would end with 128 + the signal's number.
            Runtime.getRuntime().halt(0);
        }
    }

    private static void log(String text, Exception e) {
        System.getLogger(ShutdownHook.class.getName()).log(System.Logger.Level.WARNING, text, e);
    }
}
