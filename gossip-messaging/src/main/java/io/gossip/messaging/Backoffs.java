/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.transport.HostPort;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How long to wait before an address is tried again: twice as long after each failure, shortened at random. What is known
 * of an address outlasts the links to it, so that one that is taken up again and again is not tried more often.
 *
 * <p>Confined to one event loop.
 */
final class Backoffs {
    private static final long FIRST_DELAY_NANOS = 50_000_000;
    private static final int MAX_DOUBLINGS = 20;

    // An attempt may take some seconds to fail, and must still be known for the next of the same row.
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(15);

    private final MessagingOptions options;
    private final RandomGenerator random;
    private final Map<HostPort, Pause> pauses = new HashMap<>();

    private record Pause(int failures, long endNanos) {}

    Backoffs(MessagingOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** An attempt failed, or a connection ended soon. */
    void failed(HostPort address, long nowNanos) {
        long longest = options.getMaxReconnectDelay().toNanos();
        long memory = longest + LONGEST_ATTEMPT.toNanos();
        pauses.values().removeIf(pause -> nowNanos - pause.endNanos > memory);
        Pause former = pauses.get(address);
        int failures = former == null ? 0 : former.failures;
        long delay = Math.min(longest, FIRST_DELAY_NANOS << Math.min(failures, MAX_DOUBLINGS));
        long shortened = delay - (long) (random.nextDouble() * delay / 2);
        pauses.put(address, new Pause(failures + 1, nowNanos + shortened));
    }

    /** All is well with an address: its next failure is the first one. */
    void forget(HostPort address) {
        pauses.remove(address);
    }

    /** How long an address is to be left alone, ms; 0: it may be tried. */
    long remainingMillis(HostPort address, long nowNanos) {
        Pause pause = pauses.get(address);
        return pause == null ? 0 : Math.max(0, (pause.endNanos - nowNanos + 999_999) / 1_000_000);
    }

    int size() {
        return pauses.size();
    }
}
