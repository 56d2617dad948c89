/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

/** Waiting times that double from a least to a most. Confined. */
final class Backoff {
    private final long leastMillis;
    private final long mostMillis;
    private long nextMillis;

    Backoff(long leastMillis, long mostMillis) {
        this.leastMillis = Math.min(leastMillis, mostMillis);
        this.mostMillis = mostMillis;
        this.nextMillis = this.leastMillis;
    }

    long nextMillis() {
        long now = nextMillis;
        nextMillis = Math.min(mostMillis, nextMillis * 2);
        return now;
    }

    void reset() {
        nextMillis = leastMillis;
    }
}
