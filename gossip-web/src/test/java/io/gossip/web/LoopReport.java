/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/**
 * Watches all event loops of a Vert.x, and tells which turns were longest, by what, and what of it was not their work: pauses
 * of the whole JVM, and waiting for a processor.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class LoopReport implements AutoCloseable {
    private static final long SAMPLED_FROM_NANOS = 1_500_000;
    private static final int LONGEST = 4;
    private static final double MILLION = 1e6;

    private final List<LoopWatch> loops = new ArrayList<>();
    private final List<LoopWatch.Turn> turns = new ArrayList<>();
    private final List<Pause> pauses = new ArrayList<>();
    private final RecordingStream jvm = new RecordingStream();
    private final Thread sampler = new Thread(this::sample, "loop-sampler");
    private volatile boolean open = true;

    private record Pause(String what, long startNanos, long endNanos) {}

    LoopReport(Vertx vertx) {
        for (EventExecutor loop : ((VertxInternal) vertx).eventLoopGroup()) {
            loops.add(LoopWatch.on(loop, this::add));
        }
        jvm.enable("jdk.ExecuteVMOperation").withThreshold(Duration.ZERO);
        jvm.onEvent("jdk.ExecuteVMOperation", this::paused);
        jvm.startAsync();
        sampler.setDaemon(true);
        sampler.start();
    }

    /** The threads of the loops. */
    List<Long> threadIds() {
        return loops.stream().map(LoopWatch::threadId).toList();
    }

    /** Forgets what was seen so far. */
    synchronized void restart() {
        turns.clear();
        pauses.clear();
    }

    /** What was seen since the restart: one line of figures, then the longest turns. */
    String tell() {
        LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos()); // until the pauses are told, once a second
        List<LoopWatch.Turn> seen;
        synchronized (this) {
            seen = List.copyOf(turns);
        }
        StringBuilder text = new StringBuilder("  late ");
        figures(text, seen, LoopWatch.Turn::lateNanos);
        figures(text.append("; without JVM pauses and waiting for a processor "), seen, this::ownNanos);
        figures(text.append("; processor time of a turn "), seen, LoopWatch.Turn::workedNanos);
        longest(text, "longest by work", seen, LoopWatch.Turn::workedNanos);
        longest(text, "latest", seen, LoopWatch.Turn::lateNanos);
        return text.toString();
    }

    @Override
    public void close() {
        open = false;
        jvm.close();
    }

    private synchronized void add(LoopWatch.Turn turn) {
        turns.add(turn);
    }

    private void paused(RecordedEvent event) {
        if (!event.getBoolean("safepoint")) {
            return;
        }
        long start = System.nanoTime() - event.getStartTime().until(Instant.now(), ChronoUnit.NANOS);
        synchronized (this) {
            pauses.add(new Pause(
                    event.getString("operation"),
                    start,
                    start + event.getDuration().toNanos()));
        }
    }

    private void sample() {
        while (open) {
            loops.forEach(loop -> loop.sampleIfLate(SAMPLED_FROM_NANOS));
            LockSupport.parkNanos(500_000);
        }
    }

    private synchronized long pausedNanos(LoopWatch.Turn turn) {
        return pauses.stream()
                .mapToLong(pause ->
                        Math.min(pause.endNanos(), turn.endNanos()) - Math.max(pause.startNanos(), turn.startNanos()))
                .filter(overlap -> overlap > 0)
                .sum();
    }

    private long ownNanos(LoopWatch.Turn turn) {
        long foreign = turn.lateNanos() < 1_000_000 ? 0 : turn.waitedNanos() + pausedNanos(turn);
        return Math.max(0, turn.lateNanos() - foreign);
    }

    private static void figures(StringBuilder text, List<LoopWatch.Turn> turns, ToLongFunction<LoopWatch.Turn> figure) {
        long[] sorted = turns.stream().mapToLong(figure).sorted().toArray();
        if (sorted.length > 0) {
            text.append(String.format(
                    "p99 %.1f, p99.9 %.1f, longest %.1f ms",
                    sorted[(int) (0.99 * (sorted.length - 1))] / MILLION,
                    sorted[(int) (0.999 * (sorted.length - 1))] / MILLION,
                    sorted[sorted.length - 1] / MILLION));
        }
    }

    private void longest(
            StringBuilder text, String title, List<LoopWatch.Turn> turns, ToLongFunction<LoopWatch.Turn> figure) {
        turns.stream()
                .sorted(Comparator.comparingLong(figure).reversed())
                .limit(LONGEST)
                .forEach(turn -> text.append(String.format(
                        "%n  %s: %s late %.1f, worked %.1f, no processor %.1f, JVM paused %.1f ms; %s",
                        title,
                        turn.loop(),
                        turn.lateNanos() / MILLION,
                        turn.workedNanos() / MILLION,
                        turn.waitedNanos() / MILLION,
                        pausedNanos(turn) / MILLION,
                        work(turn))));
    }

    private static Map<String, Long> work(LoopWatch.Turn turn) {
        return turn.samples().stream()
                .map(LoopReport::name)
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** Where it was, and for whom: the topmost frame, the topmost of the project, and the lowest that is not the loop's. */
    private static String name(StackTraceElement[] stack) {
        if (stack.length == 0) {
            return "ended";
        }
        String own = Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("io.gossip"))
                .map(LoopReport::frame)
                .limit(2)
                .collect(Collectors.joining(" < "));
        String netty = Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("io.vertx")
                        || frame.getClassName().startsWith("io.netty"))
                .map(LoopReport::frame)
                .filter(frame -> !frame.startsWith("SingleThread") && !frame.startsWith("FastThreadLocal"))
                .reduce((higher, lower) -> lower)
                .orElse("");
        return frame(stack[0]) + (own.isEmpty() ? "" : " < " + own) + " < " + netty;
    }

    private static String frame(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }
}
