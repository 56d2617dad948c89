/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program in a JVM of its own. Everything waits at most {@value #MAX_WAIT_SECONDS} seconds. */
final class ChildProcess implements AutoCloseable {
    static final int MAX_WAIT_SECONDS = 120;

    private static final String END = "\0";
    private static final Pattern STALL = Pattern.compile(
            "(?m)^.* has been blocked for .*\\R(?:io\\.vertx\\.core\\.VertxException: .*\\R(?:\\tat .*\\R)*)?");

    private final Process process;
    private final BlockingQueue<String> outLines = new LinkedBlockingQueue<>();
    private final StringBuilder errText = new StringBuilder(); // guarded by itself
    private final CompletableFuture<Void> err;

    private ChildProcess(Process process) {
        this.process = process;
        this.err = CompletableFuture.runAsync(this::readErr, command -> thread(command, "err"));
        thread(this::readLines, "out");
    }

    /** Starts the program in the locale {@code C}. */
    static ChildProcess start(String... args) {
        return start(Map.of("LC_ALL", "C"), args);
    }

    /** Starts the program with some environment variables. */
    static ChildProcess start(Map<String, String> environment, String... args) {
        return start(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), environment, args);
    }

    /** Starts the program with some options of the JVM. */
    static ChildProcess start(List<String> jvmOptions, Map<String, String> environment, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(Objects.requireNonNull(System.getProperty("gossip.jar"), "-Dgossip.jar is not set"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("GOSSIP_LOG");
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the program to its end with some input. */
    static Run run(String input, String... args) {
        try (ChildProcess child = start(args)) {
            child.write(input);
            int status = child.status();
            return new Run(status, child.restOfOut(), child.err());
        }
    }

    /** Waits for a line of standard output that the pattern finds, and returns its first group. */
    String awaitOut(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        for (String line = next(); !line.equals(END); line = next()) {
            Matcher matcher = wanted.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("no line like '" + pattern + "', instead:\n" + err());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGINT. */
    void interrupt() throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits for the end and returns the exit status. */
    int status() {
        try {
            assertThat(process.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return process.exitValue();
    }

    /**
     * {@return all of standard error, to be called when the process has ended; without what Vert.x says, with a stack trace,
     * when a busy machine gives the process no time}
     */
    String err() {
        process.destroy();
        err.orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS).join();
        return STALL.matcher(errSoFar()).replaceAll("");
    }

    /** Waits until a text stands in standard error. */
    void awaitErr(String wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
        while (!errSoFar().contains(wanted)) {
            assertThat(System.nanoTime() - deadline)
                    .as("'%s' in standard error:\n%s", wanted, errSoFar())
                    .isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void write(String input) {
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String restOfOut() {
        StringBuilder text = new StringBuilder();
        for (String line = next(); !line.equals(END); line = next()) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private String next() {
        try {
            String line = outLines.poll(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
            return line == null ? END : line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(outLines::add);
        } catch (IOException | UncheckedIOException e) {
            // The process is gone, and its output with it.
        }
        outLines.add(END);
    }

    private String errSoFar() {
        synchronized (errText) {
            return errText.toString();
        }
    }

    private void readErr() {
        char[] chunk = new char[1024];
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (int length = reader.read(chunk); length >= 0; length = reader.read(chunk)) {
                synchronized (errText) {
                    errText.append(chunk, 0, length);
                }
            }
        } catch (IOException e) {
            // The process is gone; what it said before counts.
        }
    }

    private static void thread(Runnable task, String name) {
        Thread thread = new Thread(task, "child-" + name);
        thread.setDaemon(true);
        thread.start();
    }
}
