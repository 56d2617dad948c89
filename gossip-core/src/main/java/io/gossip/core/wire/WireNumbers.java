/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of the wire format and the little-endian way they stand in a byte array (wire format §2, §4, §7). */
final class WireNumbers {
    static final int MAGIC = 0xb053;
    static final int HEADER_BYTES = 4;

    /** Largest UDP payload over IPv4: 65,535 bytes minus the IP and UDP headers. */
    static final int MAX_DATAGRAM_BYTES = 65_507;

    /** Content of every block but the last of a stream. */
    static final int BLOCK_BYTES = 16_384;

    /** Most content that one block may hold. */
    static final int MAX_BLOCK_BYTES = 65_535;

    static final int BLOCK_HEADER_BYTES = 3;
    static final int END_OF_STREAM = 0;
    static final int ZSTD_BLOCK = 1;
    static final int RAW_BLOCK = 2;

    static final int NODE_OP = 0;
    static final int KEY_VALUE_OP = 1;
    static final int MAX_VERSION_OP = 2;

    /** Bytes of a Node op besides the identity: tag, last GC version, from version. */
    static final int NODE_OP_FIXED_BYTES = 1 + 2 * Long.BYTES;

    /** Bytes of a KeyValue op besides key and value: tag, two lengths, version, status. */
    static final int KEY_VALUE_OP_FIXED_BYTES = 1 + 2 * Short.BYTES + Long.BYTES + 1;

    static final int MAX_VERSION_OP_BYTES = 1 + Long.BYTES;

    /** Heartbeat, last GC version and max version of a digest entry. */
    static final int DIGEST_NUMBERS_BYTES = 3 * Long.BYTES;

    /** A digest entry with an empty node id and an IPv4 address: the shortest there is. */
    static final int MIN_DIGEST_ENTRY_BYTES = 17 + DIGEST_NUMBERS_BYTES;

    static final int MAX_STRING_BYTES = 0xffff;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private WireNumbers() {}

    static int u16(byte[] bytes, int at) {
        return (short) SHORTS.get(bytes, at) & 0xffff;
    }

    static int i32(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static long u64(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    static void putU16(byte[] bytes, int at, int value) {
        SHORTS.set(bytes, at, (short) value);
    }

    static void putU64(byte[] bytes, int at, long value) {
        LONGS.set(bytes, at, value);
    }
}
