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

    private static final int WAITING_SHARE = 32;

    private static final long MOST_WAITING_BYTES = 16L << 20;

    private static final long LEAST_WAITING_BYTES = 1L << 20;

    /** On heaps up to this size Netty keeps no buffers larger than the one below, but makes and clears each anew. */
    private static final long SMALL_HEAP_BYTES = 512L << 20;

    private static final int LARGEST_KEPT_BUFFER_BYTES = 256 << 10;

    private HeapShare() {}

    /** {@return the default of {@code receiveBufferBytes} for this heap: Vert.x reads each datagram into so large a buffer} */
    static int receiveBufferBytes(long heapBytes) {
        return heapBytes > SMALL_HEAP_BYTES
                ? GossipNodeOptions.DEFAULT_RECEIVE_BUFFER_BYTES
                : LARGEST_KEPT_BUFFER_BYTES;
    }

    /** {@return the option, or what suits the heap} */
    static int maxStreamBytes(GossipNodeOptions options, long heapBytes) {
        Integer set = options.getMaxStreamBytes();
        return set != null ? set : maxStreamBytes(heapBytes);
    }

    /** {@return the option, or what suits the heap} */
    static long maxStateBytes(GossipNodeOptions options, long heapBytes) {
        Long set = options.getMaxStateBytes();
        return set != null ? set : maxStateBytes(heapBytes);
    }

    /** {@return how many bytes of changes may wait for a store} */
    static long waitingBytes(long heapBytes) {
        return Math.max(LEAST_WAITING_BYTES, Math.min(MOST_WAITING_BYTES, heapBytes / WAITING_SHARE));
    }

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
