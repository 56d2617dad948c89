/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A child process that is talked to line by line; its stderr is drained, and its end shown in errors. */
final class LineProcess implements AutoCloseable {
    private static final int SHOWN_LINES = 30;
    private static final long PATIENCE_SECONDS = 90;
    private static final String END = "\0end";

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Deque<String> lastErrors = new ArrayDeque<>();

    LineProcess(String name, List<String> command) {
        this.name = name;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drain("stdout", process.inputReader(StandardCharsets.UTF_8), lines::add);
        drain("stderr", process.errorReader(StandardCharsets.UTF_8), this::remember);
    }

    /** Sends a line and returns the next one that comes back. */
    synchronized String ask(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new AssertionError(name + " takes no more commands" + errors(), e);
        }
        return nextLine();
    }

    String nextLine() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError(name + (line == null ? " is silent" : " has ended") + errors());
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Sends a signal by name, such as STOP. */
    void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("cannot send " + signal + " to " + name);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("cannot send " + signal + " to " + name, e);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(name + " survives SIGKILL");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void drain(String what, BufferedReader from, Consumer<String> to) {
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        for (String line = from.readLine(); line != null; line = from.readLine()) {
                            to.accept(line);
                        }
                    } catch (IOException e) {
                        to.accept(e.toString()); // the pipe breaks when the process is killed
                    }
                    to.accept(END);
                },
                name + " " + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void remember(String line) {
        synchronized (lastErrors) {
            lastErrors.add(line);
            if (lastErrors.size() > SHOWN_LINES) {
                lastErrors.remove();
            }
        }
    }

    private String errors() {
        synchronized (lastErrors) {
            return lastErrors.isEmpty() ? "" : "; it said:\n" + String.join("\n", lastErrors);
        }
    }
}
