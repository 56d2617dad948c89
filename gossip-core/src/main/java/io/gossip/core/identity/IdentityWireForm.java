/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.identity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lays an identity out as the wire format has it, §2 and §3: little-endian numbers, IP bytes in network order. */
final class IdentityWireForm {
    private static final int FIXED_BYTES = Short.BYTES + Long.BYTES + 1 + Short.BYTES;

    private IdentityWireForm() {}

    static byte[] write(String nodeId, long generation, GossipAddress address, int maxNodeIdBytes) {
        byte[] id = nodeId.getBytes(StandardCharsets.UTF_8);
        if (id.length > maxNodeIdBytes) {
            throw new IllegalArgumentException(
                    "node id must be at most " + maxNodeIdBytes + " bytes of UTF-8, was " + id.length);
        }
        byte[] ip = address.ip();
        return ByteBuffer.allocate(FIXED_BYTES + id.length + ip.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) id.length)
                .put(id)
                .putLong(generation)
                .put((byte) (address.isIpv6() ? 6 : 4))
                .put(ip)
                .putShort((short) address.port())
                .array();
    }

    static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }
}
