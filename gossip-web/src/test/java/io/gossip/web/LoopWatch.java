/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ticks on an event loop once a millisecond, and tells of each turn: how late the tick came, what the thread worked
 * meanwhile, and how long it was ready to run but had no processor, where Linux says so. A tick costs the loop about 10 µs.
 *
 * <p><b>Threads:</b> ticks on the loop; looked at by a sampler from elsewhere.
 */
final class LoopWatch {
    private static final long PERIOD_NANOS = 1_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Queue<StackTraceElement[]> samples = new ConcurrentLinkedQueue<>();
    private final Consumer<Turn> turns;
    private final Thread thread;
    private final @Nullable RandomAccessFile scheduling;
    private volatile long lastNanos = System.nanoTime();
    private long lastWorked;
    private long lastWaited;

    /**
     * What a loop did from one tick to the next.
     *
     * @param loop name of its thread
     * @param startNanos when the tick before was
     * @param endNanos when this one was
     * @param lateNanos how much later than planned: what something else would have waited
     * @param workedNanos processor time of the thread
     * @param waitedNanos time for which the thread was ready and another one had the processor; 0 where that is not told
     * @param samples what it was seen doing, if it was late
     */
    record Turn(
            String loop,
            long startNanos,
            long endNanos,
            long lateNanos,
            long workedNanos,
            long waitedNanos,
            Queue<StackTraceElement[]> samples) {}

    private LoopWatch(Consumer<Turn> turns) {
        this.turns = turns;
        thread = Thread.currentThread();
        scheduling = scheduling();
        lastWorked = THREADS.getCurrentThreadCpuTime();
        lastWaited = waited();
    }

    /** Watches a loop until that is closed. */
    static LoopWatch on(EventExecutor loop, Consumer<Turn> turns) {
        LoopWatch watch =
                loop.submit(() -> new LoopWatch(turns)).syncUninterruptibly().getNow();
        ScheduledFuture<?> unused =
                loop.scheduleWithFixedDelay(watch::tick, PERIOD_NANOS, PERIOD_NANOS, TimeUnit.NANOSECONDS);
        return watch;
    }

    /** Notes what the loop is doing if it is late by more than that; called by the sampler. */
    void sampleIfLate(long nanos) {
        if (System.nanoTime() - lastNanos - PERIOD_NANOS > nanos) {
            samples.add(thread.getStackTrace());
        }
    }

    long threadId() {
        return thread.getId();
    }

    private void tick() {
        long now = System.nanoTime();
        long worked = THREADS.getCurrentThreadCpuTime();
        long waited = waited();
        Queue<StackTraceElement[]> seen = new ConcurrentLinkedQueue<>();
        for (StackTraceElement[] one = samples.poll(); one != null; one = samples.poll()) {
            seen.add(one);
        }
        long late = Math.max(0, now - lastNanos - PERIOD_NANOS);
        turns.accept(new Turn(thread.getName(), lastNanos, now, late, worked - lastWorked, waited - lastWaited, seen));
        lastWorked = worked;
        lastWaited = waited;
        lastNanos = now;
    }

    private static @Nullable RandomAccessFile scheduling() {
        try {
            return new RandomAccessFile("/proc/thread-self/schedstat", "r"); // stays with the thread that opens it
        } catch (IOException noLinux) {
            return null;
        }
    }

    private long waited() {
        RandomAccessFile file = scheduling;
        if (file == null) {
            return 0;
        }
        try {
            file.seek(0);
            byte[] line = new byte[96];
            int length = file.read(line);
            return Long.parseLong(new String(line, 0, length, java.nio.charset.StandardCharsets.US_ASCII)
                    .trim()
                    .split(" ", -1)[1]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
