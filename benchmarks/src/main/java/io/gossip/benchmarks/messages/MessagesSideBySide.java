/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.messages;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages per second and latency of ten nodes in one process, ours and the clustered event bus in turn, so that both meet
 * the same machine. Latency is from the send to the receiver's handler; processor time is that of the whole process, per
 * message that arrived. A round that is not printed warms up both.
 *
 * <p>{@code java -cp benchmarks.jar io.gossip.benchmarks.messages.MessagesSideBySide [rounds]}
 */
public final class MessagesSideBySide {
    private static final int NODES = 10;
    private static final int WINDOW = 256;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int[] PAYLOAD_BYTES = {100, 10_000};

    private MessagesSideBySide() {}

    /**
     * Prints one line for each run.
     *
     * @param args how many rounds, 3 unless given
     */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        System.out.printf(
                "%-24s %-10s %8s %12s %10s %10s %10s%n",
                "who", "what", "bytes", "messages/s", "p50 us", "p99 us", "cpu us");
        try (Contender ours = new MessageNodes(NODES);
                Contender theirs = new ClusteredBus(NODES)) {
            List<Meter> meters = new ArrayList<>(List.of(new Meter(ours), new Meter(theirs)));
            for (int round = 0; round <= rounds; round++) {
                boolean warmsUp = round == 0;
                for (int bytes : PAYLOAD_BYTES) {
                    meters.forEach(meter -> meter.run(false, bytes, warmsUp));
                    meters.forEach(meter -> meter.run(true, bytes, warmsUp));
                }
                Collections.reverse(meters); // who comes second finds a warmer machine
            }
        }
        System.exit(0); // Hazelcast leaves threads behind
    }

    /** Sends to one contender and measures what arrives. */
    private static final class Meter {
        private final Contender contender;
        private final AtomicInteger arrived = new AtomicInteger();
        private final AtomicLong failures = new AtomicLong();
        private volatile long[] latencies = new long[0];

        Meter(Contender contender) {
            this.contender = contender;
            contender.onReceive(this::receive);
        }

        private void receive(Buffer payload) {
            long nanos = System.nanoTime() - payload.getLong(0);
            int at = arrived.getAndIncrement();
            long[] all = latencies;
            if (at < all.length) {
                all[at] = nanos;
            }
        }

        void run(boolean broadcast, int bytes, boolean warmsUp) {
            int messages = (bytes > 1_000 ? 10_000 : 40_000) / (broadcast ? 5 : 1);
            long cpu = PROCESS.getProcessCpuTime();
            long begin = System.nanoTime();
            send(broadcast, bytes, messages);
            double seconds = (System.nanoTime() - begin) / 1e9;
            cpu = PROCESS.getProcessCpuTime() - cpu;
            if (warmsUp) {
                return;
            }
            long[] sorted = latencies.clone();
            Arrays.sort(sorted);
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %-10s %8d %12.0f %10d %10d %10.1f%s%n",
                    contender.name(),
                    broadcast ? "broadcast" : "direct",
                    bytes,
                    sorted.length / seconds,
                    sorted[sorted.length / 2] / 1_000,
                    sorted[(int) (sorted.length * 0.99)] / 1_000,
                    cpu / 1e3 / sorted.length,
                    failures.get() > 0 ? " failures: " + failures.get() : "");
        }

        // As many as the window are on their way: one is over when it is confirmed, or for a broadcast that nobody
        // confirms, when everybody has got as many as were sent.
        private void send(boolean broadcast, int bytes, int messages) {
            int receivers = broadcast ? NODES - 1 : 1;
            latencies = new long[messages * receivers];
            arrived.set(0);
            Semaphore window = new Semaphore(WINDOW);
            for (int i = 0; i < messages; i++) {
                window.acquireUninterruptibly();
                int sent = i;
                while (broadcast && arrived.get() < (sent - WINDOW) * receivers) {
                    Thread.onSpinWait();
                }
                Buffer payload = Buffer.buffer(new byte[bytes]).setLong(0, System.nanoTime());
                (broadcast ? contender.broadcast(payload) : contender.direct(1 + i % (NODES - 1), payload))
                        .onComplete(done -> {
                            if (done.failed()) {
                                failures.incrementAndGet();
                            }
                            window.release();
                        });
            }
            Blocking.until(() -> arrived.get() >= latencies.length, "everything arrives");
        }
    }
}
