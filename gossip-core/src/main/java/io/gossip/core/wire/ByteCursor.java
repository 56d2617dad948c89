/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Reads the primitive fields of wire format §2 and §3 one after the other, from a datagram or from the content of a
 * stream, and never past the end.
 */
final class ByteCursor {
    private final IntUnaryOperator datagramOffset;
    private byte[] bytes = new byte[0];
    private int position;
    private int limit;

    /**
     * A cursor over nothing yet.
     *
     * @param datagramOffset tells where in the datagram a position stands, for error reports
     */
    ByteCursor(IntUnaryOperator datagramOffset) {
        this.datagramOffset = datagramOffset;
    }

    void reset(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.limit = to;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return limit - position;
    }

    void skip(int count) {
        position += count;
    }

    int u8(String field) throws MalformedException {
        require(1, field);
        return bytes[position++] & 0xff;
    }

    int u16(String field) throws MalformedException {
        require(Short.BYTES, field);
        int value = WireNumbers.u16(bytes, position);
        position += Short.BYTES;
        return value;
    }

    long u64(String field) throws MalformedException {
        require(Long.BYTES, field);
        long value = WireNumbers.u64(bytes, position);
        position += Long.BYTES;
        return value;
    }

    String string(String field) throws MalformedException {
        int length = u16(field);
        require(length, field);
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        // Malformed input turns into U+FFFD; so does the real U+FFFD, which alone reads back as the same bytes.
        if (text.indexOf('\ufffd') >= 0 && !isExactly(text, length)) {
            throw malformed(DecodeError.BAD_UTF8, position, field + " is not well-formed UTF-8");
        }
        position += length;
        return text;
    }

    /** An identity: the table's own object when it is known there, else a new one. */
    NodeIdentity identity(IdentityTable known) throws MalformedException {
        int length = known.findNext(bytes, position, limit);
        if (length > 0) {
            position += length;
            return known.found();
        }
        int end = identityEnd();
        if (end > 0) {
            NodeIdentity found = known.find(bytes, position, end);
            if (found != null) {
                position = end;
                return found;
            }
        }
        String nodeId = string("node id");
        long generation = u64("generation");
        return new NodeIdentity(nodeId, generation, address());
    }

    private GossipAddress address() throws MalformedException {
        int family = u8("address family");
        int ipBytes = switch (family) {
            case 4 -> 4;
            case 6 -> 16;
            default ->
                throw malformed(
                        DecodeError.BAD_ADDRESS_FAMILY, position - 1, "address family must be 4 or 6, was " + family);
        };
        require(ipBytes, "IP address");
        byte[] ip = Arrays.copyOfRange(bytes, position, position + ipBytes);
        position += ipBytes;
        return GossipAddress.of(ip, u16("port"));
    }

    /** Where the identity that begins here ends, or -1 if it is cut off or has no such address family. */
    private int identityEnd() {
        if (remaining() < Short.BYTES) return -1;
        int family = position + Short.BYTES + WireNumbers.u16(bytes, position) + Long.BYTES;
        if (family >= limit) return -1;
        int addressBytes = switch (bytes[family]) {
            case 4 -> 7;
            case 6 -> 19;
            default -> -1;
        };
        return addressBytes < 0 || addressBytes > limit - family ? -1 : family + addressBytes;
    }

    private boolean isExactly(String text, int length) {
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(written, 0, written.length, bytes, position, position + length);
    }

    private void require(int count, String field) throws MalformedException {
        if (count > limit - position) {
            throw malformed(DecodeError.TRUNCATED, position, "ends inside " + field);
        }
    }

    MalformedException malformed(DecodeError error, int at, String reason) {
        return new MalformedException(error, datagramOffset.applyAsInt(at), reason);
    }
}
