/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Lays the ops of a delta out back to back (wire format §8): the content of its stream. */
final class OpWriter {
    private static final int KEPT_BYTES = 256 * 1024;

    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[1024];
        }
        length = 0;
    }

    /** Forgets the first bytes, which were written elsewhere. */
    void dropFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    void write(Delta delta) {
        clear();
        List<NodeDelta> nodeDeltas = delta.nodeDeltas();
        for (int i = 0; i < nodeDeltas.size(); i++) {
            write(nodeDeltas.get(i));
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void write(NodeDelta delta) {
        node(delta.identity(), delta.lastGcVersion(), delta.fromVersionExcluded());
        List<KeyMutation> mutations = delta.mutations();
        long reached = 0;
        for (int i = 0; i < mutations.size(); i++) {
            KeyMutation mutation = mutations.get(i);
            keyValue(mutation, Utf8.length(mutation.key()), Utf8.length(mutation.value()));
            reached = mutation.version();
        }
        if (Long.compareUnsigned(delta.maxVersion(), reached) > 0) {
            maxVersion(delta.maxVersion());
        }
    }

    void node(NodeIdentity identity, long lastGcVersion, long fromVersionExcluded) {
        makeRoom(WireNumbers.NODE_OP_FIXED_BYTES + identity.wireLength());
        bytes[length++] = WireNumbers.NODE_OP;
        identity.writeTo(bytes, length);
        length += identity.wireLength();
        u64(lastGcVersion);
        u64(fromVersionExcluded);
    }

    void keyValue(KeyMutation mutation, int keyBytes, int valueBytes) {
        makeRoom((long) WireNumbers.KEY_VALUE_OP_FIXED_BYTES + keyBytes + valueBytes);
        bytes[length++] = WireNumbers.KEY_VALUE_OP;
        length = string(mutation.key(), keyBytes, bytes, length);
        length = string(mutation.value(), valueBytes, bytes, length);
        u64(mutation.version());
        bytes[length++] = code(mutation.status());
    }

    void maxVersion(long version) {
        makeRoom(WireNumbers.MAX_VERSION_OP_BYTES);
        bytes[length++] = WireNumbers.MAX_VERSION_OP;
        u64(version);
    }

    private void u64(long value) {
        WireNumbers.putU64(bytes, length, value);
        length += Long.BYTES;
    }

    private static byte code(EntryStatus status) {
        return switch (status) {
            case SET -> 0;
            case TOMBSTONE -> 1;
            case DELETE_AFTER_TTL -> 2;
        };
    }

    private void makeRoom(long needed) {
        if (needed > bytes.length - length) {
            long capacity = Math.max(2L * bytes.length, length + needed);
            if (capacity > Integer.MAX_VALUE / 2) {
                throw new IllegalArgumentException("a delta has at most 2^30 bytes of ops");
            }
            bytes = Arrays.copyOf(bytes, (int) capacity);
        }
    }

    /**
     * Writes a string field (wire format §2).
     *
     * @param utf8Bytes what {@link Utf8#length} says of the text
     * @return where the field ends
     * @throws IllegalArgumentException if the text is longer than 65,535 bytes or holds an unpaired surrogate
     */
    @SuppressWarnings("deprecation") // drops the upper half of each char: exact for ASCII, and it copies nothing twice
    static int string(String text, int utf8Bytes, byte[] target, int at) {
        if (utf8Bytes > WireNumbers.MAX_STRING_BYTES) {
            throw new IllegalArgumentException("a string has at most 65535 bytes of UTF-8, got " + utf8Bytes);
        }
        WireNumbers.putU16(target, at, utf8Bytes);
        int from = at + Short.BYTES;
        if (utf8Bytes == text.length()) {
            text.getBytes(0, utf8Bytes, target, from);
        } else if (Utf8.isWellFormed(text)) {
            System.arraycopy(text.getBytes(StandardCharsets.UTF_8), 0, target, from, utf8Bytes);
        } else {
            throw new IllegalArgumentException("text holds an unpaired surrogate");
        }
        return from + utf8Bytes;
    }
}
