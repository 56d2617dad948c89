/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Recognises peers by their bytes. On one connection the same few are named with each message: they need not be made, and their
 * names hashed, again and again.
 *
 * <p>Keeps at most {@value #SLOTS} of them, with node ids of at most {@value #MAX_BYTES} bytes each. Confined to one thread.
 */
final class KnownPeers {
    static final int SLOTS = 64; // a power of two
    static final int MAX_BYTES = 128;

    private final @Nullable Known[] slots = new Known[SLOTS];

    private record Known(byte[] nodeId, PeerId peer) {
        boolean is(Buffer bytes, int from, int length, long generation, long run) {
            if (peer.generation() != generation || peer.run() != run || nodeId.length != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (nodeId[i] != bytes.getByte(from + i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The peer with a node id whose bytes lie there, if it was seen lately; null otherwise. */
    @Nullable
    PeerId find(Buffer bytes, int from, int length, long generation, long run) {
        Known known = slots[slot(generation, run, length == 0 ? 0 : bytes.getByte(from + length - 1))];
        return known != null && known.is(bytes, from, length, generation, run) ? known.peer : null;
    }

    /** Takes the place of whoever was there. */
    void remember(byte[] nodeId, PeerId peer) {
        if (nodeId.length <= MAX_BYTES) {
            int last = nodeId.length == 0 ? 0 : nodeId[nodeId.length - 1];
            slots[slot(peer.generation(), peer.run(), last)] = new Known(nodeId, peer);
        }
    }

    // Names that are numbered differ in the last byte, talks in their random run.
    private static int slot(long generation, long run, int lastByte) {
        return (Long.hashCode(generation) * 31 + Long.hashCode(run) * 17 + lastByte) & (SLOTS - 1);
    }
}
