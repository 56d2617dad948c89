/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

/**
 * Limits how much of something happens per second: bytes in large answers to strangers, so that nobody can aim this node at
 * a third party, and strangers who take the place of others.
 *
 * <p>A token bucket that holds one second's worth and starts full. Taking more than there is leaves a debt that is
 * paid off before anything is available again.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private double perSecond;
    private double tokens;
    private boolean started;
    private long filledNanos;

    /**
     * A full bucket.
     *
     * @param perSecond how much may be taken per second; 0 for no limit
     * @throws IllegalArgumentException if it is negative
     */
    public TokenBucket(long perSecond) {
        if (perSecond < 0) {
            throw new IllegalArgumentException("tokens per second must be at least 0, was " + perSecond);
        }
        this.perSecond = perSecond;
        this.tokens = perSecond;
    }

    /**
     * Allows another amount from now on. A debt remains; what is in the bucket beyond a second's worth does not.
     *
     * @param newPerSecond how much may be taken per second, at least 0; 0 for no limit
     */
    public void limit(long newPerSecond) {
        tokens = perSecond == 0 ? (double) newPerSecond : Math.min(tokens, (double) newPerSecond);
        perSecond = newPerSecond;
    }

    /**
     * How much may be taken now.
     *
     * @param nowNanos monotonic time, ns
     * @return tokens, at least 0; {@link Long#MAX_VALUE} without limit
     */
    public long available(long nowNanos) {
        if (perSecond == 0) {
            return Long.MAX_VALUE;
        }
        fill(nowNanos);
        return Math.max(0, (long) tokens);
    }

    /**
     * Takes out of the bucket.
     *
     * @param amount how much, at least 0
     * @param nowNanos monotonic time, ns
     */
    public void take(long amount, long nowNanos) {
        if (perSecond != 0) {
            fill(nowNanos);
            tokens -= amount;
        }
    }

    private void fill(long nowNanos) {
        if (!started) {
            started = true;
            filledNanos = nowNanos;
        }
        long elapsedNanos = nowNanos - filledNanos;
        if (elapsedNanos > 0) {
            tokens = Math.min(perSecond, tokens + perSecond * ((double) elapsedNanos / NANOS_PER_SECOND));
            filledNanos = nowNanos;
        }
    }
}
