/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;

/**
 * What the network does to datagrams on every link.
 *
 * @param loss which are lost
 * @param latency how long they take
 * @param duplicate share that arrives twice, 0 to 1
 * @param reorder share that is held back and so overtaken, 0 to 1
 * @param reorderDelay for how long at most they are held back
 * @param datagramLimit longer ones are dropped, bytes
 */
public record NetworkSettings(
        Loss loss, Latency latency, double duplicate, double reorder, Duration reorderDelay, int datagramLimit) {
    /** Loses nothing, takes one millisecond, carries every datagram that UDP can. */
    public static final NetworkSettings DEFAULT = new NetworkSettings(
            new Loss.Uniform(0), new Latency.Constant(Duration.ofMillis(1)), 0, 0, Duration.ZERO, 65_507);

    /** Which datagrams are lost. */
    public sealed interface Loss {
        /**
         * Each with the same chance.
         *
         * @param share 0 to 1
         */
        record Uniform(double share) implements Loss {}

        /**
         * In bursts: a two-state chain for each receiver, after Gilbert (Bell System Technical Journal 39, 1960).
         *
         * @param enter chance per datagram that a burst begins
         * @param leave chance per datagram that it ends
         * @param within share lost during a burst
         */
        record Burst(double enter, double leave, double within) implements Loss {}
    }

    /** How long datagrams take. */
    public sealed interface Latency {
        /**
         * Always the same.
         *
         * @param delay one way
         */
        record Constant(Duration delay) implements Latency {}

        /**
         * Any between two, each as likely.
         *
         * @param least shortest
         * @param most longest
         */
        record Uniform(Duration least, Duration most) implements Latency {}

        /**
         * Log-normal: mostly near the median, sometimes far above.
         *
         * @param median half of the datagrams take no longer
         * @param sigma standard deviation of the logarithm; 0.5 is mild, 1.5 has a long tail
         */
        record LogNormal(Duration median, double sigma) implements Latency {}
    }

    /** One setting that changes. */
    public sealed interface Change {
        /**
         * Another loss.
         *
         * @param loss from now on
         */
        record ToLoss(Loss loss) implements Change {}

        /**
         * Another latency.
         *
         * @param latency from now on
         */
        record ToLatency(Latency latency) implements Change {}

        /**
         * Another share of duplicates.
         *
         * @param share 0 to 1
         */
        record ToDuplicate(double share) implements Change {}

        /**
         * Another disorder.
         *
         * @param share 0 to 1
         * @param delay for how long at most
         */
        record ToReorder(double share, Duration delay) implements Change {}

        /**
         * Another limit.
         *
         * @param bytes longest datagram that passes
         */
        record ToDatagramLimit(int bytes) implements Change {}
    }

    /**
     * These settings but for one.
     *
     * @param change which, and its new value
     * @return the new settings
     */
    public NetworkSettings with(Change change) {
        if (change instanceof Change.ToLoss to) {
            return new NetworkSettings(to.loss(), latency, duplicate, reorder, reorderDelay, datagramLimit);
        } else if (change instanceof Change.ToLatency to) {
            return new NetworkSettings(loss, to.latency(), duplicate, reorder, reorderDelay, datagramLimit);
        } else if (change instanceof Change.ToDuplicate to) {
            return new NetworkSettings(loss, latency, to.share(), reorder, reorderDelay, datagramLimit);
        } else if (change instanceof Change.ToReorder to) {
            return new NetworkSettings(loss, latency, duplicate, to.share(), to.delay(), datagramLimit);
        } else if (change instanceof Change.ToDatagramLimit to) {
            return new NetworkSettings(loss, latency, duplicate, reorder, reorderDelay, to.bytes());
        }
        throw new AssertionError("unhandled change: " + change);
    }
}
