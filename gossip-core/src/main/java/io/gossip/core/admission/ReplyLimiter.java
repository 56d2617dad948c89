/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

/**
 * Limits how many bytes go out in large answers to strangers, so that nobody can aim this node at a third party: UDP
 * sources can be forged, and a small question must not buy a large answer for ever.
 *
 * <p>A token bucket that holds one second's worth and starts full. Taking more than there is leaves a debt that is
 * paid off before anything is available again.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class ReplyLimiter {
    private static final double NANOS_PER_SECOND = 1e9;

    private final long bytesPerSecond;
    private double tokens;
    private boolean started;
    private long filledNanos;

    /**
     * A full bucket.
     *
     * @param bytesPerSecond bytes that may be sent per second; 0 for no limit
     * @throws IllegalArgumentException if it is negative
     */
    public ReplyLimiter(long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("bytes per second must be at least 0, was " + bytesPerSecond);
        }
        this.bytesPerSecond = bytesPerSecond;
        this.tokens = bytesPerSecond;
    }

    /**
     * How much may be sent now.
     *
     * @param nowNanos monotonic time, ns
     * @return bytes, at least 0; {@link Long#MAX_VALUE} without limit
     */
    public long available(long nowNanos) {
        if (bytesPerSecond == 0) {
            return Long.MAX_VALUE;
        }
        fill(nowNanos);
        return Math.max(0, (long) tokens);
    }

    /**
     * Accounts for an answer.
     *
     * @param bytes its size, at least 0
     * @param nowNanos monotonic time, ns
     */
    public void take(long bytes, long nowNanos) {
        if (bytesPerSecond != 0) {
            fill(nowNanos);
            tokens -= bytes;
        }
    }

    private void fill(long nowNanos) {
        if (!started) {
            started = true;
            filledNanos = nowNanos;
        }
        long elapsedNanos = nowNanos - filledNanos;
        if (elapsedNanos > 0) {
            tokens = Math.min(bytesPerSecond, tokens + bytesPerSecond * (elapsedNanos / NANOS_PER_SECOND));
            filledNanos = nowNanos;
        }
    }
}
