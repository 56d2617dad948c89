/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

/**
 * Limits that fit the heap, for whoever sets none. Everybody who can send us a datagram can use a limit up to the full,
 * so together they must leave room for the rest.
 */
final class HeapShare {
    /** Objects made of the most wasteful stream take about nine times its bytes, besides two copies of these. */
    private static final int STREAM_SHARE = 32;

    private static final int STATE_SHARE = 4;

    private HeapShare() {}

    /** {@return the default of {@code maxStreamBytes} for this heap} */
    static int maxStreamBytes(long heapBytes) {
        return (int) Math.max(
                OptionRules.LEAST_STREAM_BYTES,
                Math.min(GossipNodeOptions.DEFAULT_MAX_STREAM_BYTES, heapBytes / STREAM_SHARE));
    }

    /** {@return the default of {@code maxStateBytes} for this heap} */
    static long maxStateBytes(long heapBytes) {
        return Math.max(
                OptionRules.LEAST_STATE_BYTES,
                Math.min(GossipNodeOptions.DEFAULT_MAX_STATE_BYTES, heapBytes / STATE_SHARE));
    }
}
