/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/** Small datagrams that make a decoder build much: streams that expand to a little less than some round limit. */
final class Bombs {
    private static final int MAX_DATAGRAM_BYTES = 65_507;
    private static final int MAX_BLOCK_BYTES = 65_535;
    private static final int MIB = 1 << 20;

    private Bombs() {}

    /** {@return bombs of each kind for limits of 1 to 16 MiB, as far as they can be packed into a datagram} */
    static List<byte[]> all(String clusterId) {
        byte[] cluster = string(clusterId);
        List<byte[]> bombs = new ArrayList<>();
        for (int limit = MIB; limit <= 16 * MIB; limit *= 2) {
            byte[] sameEntry = stream(limit, MAX_DATAGRAM_BYTES - 100, new byte[0], i -> digestEntry(1));
            bombs.add(datagram(1, 0, sameEntry, cluster));
            bombs.add(datagram(0, 2, stream(limit, MAX_DATAGRAM_BYTES - 4, node(1), Bombs::longValue)));
            bombs.add(datagram(0, 2, stream(limit, MAX_DATAGRAM_BYTES - 4, node(1), Bombs::tinyValue)));
            bombs.add(datagram(0, 2, stream(limit, MAX_DATAGRAM_BYTES - 4, new byte[0], Bombs::node)));
            byte[] half = stream(limit, MAX_DATAGRAM_BYTES / 2 - 4, new byte[0], i -> digestEntry(1));
            bombs.add(datagram(1, 1, half, stream(limit, MAX_DATAGRAM_BYTES / 2, node(1), Bombs::longValue)));
        }
        return bombs;
    }

    private static byte[] datagram(int version, int type, byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0x53, (byte) 0xb0, (byte) version, (byte) type});
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** A block stream of as many items as stay below both the content limit and the room in the datagram. */
    private static byte[] stream(int limit, int room, byte[] first, IntFunction<byte[]> items) {
        ByteBuffer content = ByteBuffer.allocate(limit);
        content.put(first);
        byte[] item = items.apply(1);
        for (int i = 2; item.length < content.remaining(); i++) {
            content.put(item);
            item = items.apply(i);
        }
        List<Integer> ends = new ArrayList<>(List.of(first.length));
        for (int i = 1, end = first.length; end < content.position(); i++) {
            end += items.apply(i).length;
            ends.add(end);
        }
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int packed = 0;
        while (packed < content.position()) {
            int to = lastEnd(ends, packed, Math.min(content.position(), packed + MAX_BLOCK_BYTES));
            byte[] block = Zstd.compress(Arrays.copyOfRange(content.array(), packed, to), 12);
            if (stream.size() + 3 + block.length + 1 > room) {
                break;
            }
            stream.write(1);
            stream.write(block.length);
            stream.write(block.length >> 8);
            stream.writeBytes(block);
            packed = to;
        }
        stream.write(0);
        return stream.toByteArray();
    }

    /** Whole items only, so that a stream which had to be cut short is well formed. */
    private static int lastEnd(List<Integer> ends, int from, int atMost) {
        int found = Collections.binarySearch(ends, atMost);
        int last = ends.get(found >= 0 ? found : -found - 2);
        return last > from ? last : atMost;
    }

    private static byte[] digestEntry(int number) {
        return ByteBuffer.allocate(41)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(identity(number))
                .array();
    }

    private static byte[] node(int number) {
        return ByteBuffer.allocate(34)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .put(identity(number))
                .array();
    }

    private static byte[] identity(int number) {
        ByteBuffer identity = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
        return identity.putShort((short) 0)
                .putLong(number)
                .put(new byte[] {4, 10, 0, 0, 1, 1, 1})
                .array();
    }

    /** One letter outside Latin-1 makes Java store each of the 60,000 in two bytes. */
    private static byte[] longValue(int version) {
        return keyValue(string("k"), string("\u0100" + "a".repeat(60_000)), version);
    }

    private static byte[] tinyValue(int version) {
        return keyValue(string("k"), string("v"), version);
    }

    private static byte[] keyValue(byte[] key, byte[] value, int version) {
        return ByteBuffer.allocate(10 + key.length + value.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .put(key)
                .put(value)
                .putLong(version)
                .put((byte) 0)
                .array();
    }

    private static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + utf8.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) utf8.length)
                .put(utf8)
                .array();
    }
}
