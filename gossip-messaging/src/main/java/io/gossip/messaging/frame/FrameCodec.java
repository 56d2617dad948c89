/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging.frame;

import io.gossip.core.identity.Utf8;
import io.gossip.messaging.frame.Frame.Ack;
import io.gossip.messaging.frame.Frame.Alive;
import io.gossip.messaging.frame.Frame.Data;
import io.gossip.messaging.frame.Frame.Goodbye;
import io.gossip.messaging.frame.Frame.Hello;
import io.gossip.messaging.frame.Frame.Kind;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Frames and their bytes (docs/messaging.md §2). All numbers are big-endian.
 *
 * <p>{@link #decode} is total: it gives a frame or a {@link FrameException}, and allocates no more than the bytes it was
 * given.
 */
public final class FrameCodec {
    /** Version of this layout; a hello of another version is refused. */
    public static final int VERSION = 1;

    /** Most messages that one acknowledgement names. */
    public static final int MAX_ACKED = 1024;

    /** Most bytes of a frame besides a payload: type, flags, hops, two peers of the longest node id, three numbers. */
    public static final int MAX_OVERHEAD = 1 + 1 + 1 + 2 * (2 + 1024 + 2 * 8) + 3 * 8;

    /** Fewest bytes of a message besides its payload. */
    public static final int MIN_DATA_BYTES = 64;

    /** Bytes of the length in front of each frame. */
    public static final int LENGTH_BYTES = 4;

    static final int MAGIC = 0x474d5347; // "GMSG"
    static final int HELLO = 1;
    static final int DATA = 2;
    static final int ACK = 3;
    static final int ALIVE = 4;
    static final int GOODBYE = 5;

    private static final int BROADCAST = 1;
    private static final int SUBSCRIBERS_ONLY = 2;
    private static final int KIND_SHIFT = 2;
    private static final int KIND_MASK = 0b11;
    private static final int TARGETED = 16; // only in a broadcast; other messages always are
    private static final int KNOWN_FLAGS = 0b11111;
    static final int MAX_NODE_ID_BYTES = 1024;
    private static final int MAX_TEXT_BYTES = 1024;
    private static final int MAX_HOPS = 255;
    private static final Kind[] KINDS = Kind.values();
    private static final Role[] ROLES = Role.values();

    private FrameCodec() {}

    /**
     * Tells whether frames can name a member.
     *
     * @param nodeId its node id
     * @return whether it is well-formed and at most 1,024 bytes of UTF-8
     */
    public static boolean canName(String nodeId) {
        return Utf8.isWellFormed(nodeId) && Utf8.length(nodeId) <= MAX_NODE_ID_BYTES;
    }

    /**
     * Writes a frame with its length in front.
     *
     * @param frame what to say
     * @return a fresh buffer
     * @throws IllegalArgumentException if a text in it is longer than the layout allows
     */
    public static Buffer encode(Frame frame) {
        Buffer bytes = Buffer.buffer(initialBytes(frame));
        append(frame, bytes);
        return bytes;
    }

    /**
     * Writes a frame with its length in front behind what is there.
     *
     * @param frame what to say
     * @param bytes where to write it
     * @throws IllegalArgumentException if a text in it is longer than the layout allows; what is behind the former end is then
     *     no frame
     */
    public static void append(Frame frame, Buffer bytes) {
        int start = bytes.length();
        bytes.appendInt(0);
        if (frame instanceof Hello hello) {
            write(hello, bytes);
        } else if (frame instanceof Data data) {
            write(data, bytes);
        } else if (frame instanceof Ack ack) {
            write(ack, bytes);
        } else if (frame instanceof Alive) {
            writeByte(bytes, ALIVE);
        } else if (frame instanceof Goodbye goodbye) {
            writeByte(bytes, GOODBYE);
            writeText(bytes, goodbye.reason(), MAX_TEXT_BYTES);
        } else {
            throw new AssertionError("unhandled frame: " + frame);
        }
        bytes.setInt(start, bytes.length() - start - LENGTH_BYTES);
    }

    /**
     * Reads a frame.
     *
     * @param bytes one frame without its length; the payload of a message may share them
     * @return what was said
     * @throws FrameException if the bytes are no frame
     */
    public static Frame decode(Buffer bytes) throws FrameException {
        return decode(new FrameCursor(bytes, 0, bytes.length(), new KnownPeers()));
    }

    static Frame decode(FrameCursor cursor) throws FrameException {
        int type = cursor.readByte();
        Frame frame = switch (type) {
            case HELLO -> readHello(cursor);
            case DATA -> readData(cursor);
            case ACK -> readAck(cursor);
            case ALIVE -> new Alive();
            case GOODBYE -> new Goodbye(cursor.readText(MAX_TEXT_BYTES));
            default -> throw new FrameException("unknown frame type " + type);
        };
        cursor.expectEnd();
        return frame;
    }

    private static int initialBytes(Frame frame) {
        return frame instanceof Data data ? 128 + data.payload().length() : 128;
    }

    private static void write(Hello hello, Buffer bytes) {
        writeByte(bytes, HELLO);
        bytes.appendInt(MAGIC);
        writeByte(bytes, VERSION);
        writeByte(bytes, hello.role().code());
        writeText(bytes, hello.clusterId(), MAX_TEXT_BYTES);
        writePeer(bytes, hello.peer());
    }

    private static void write(Data data, Buffer bytes) {
        PeerId target = data.target();
        writeByte(bytes, DATA);
        writeByte(bytes, flags(data));
        writeByte(bytes, data.hops());
        writePeer(bytes, data.source());
        if (target != null) {
            writePeer(bytes, target);
        }
        bytes.appendLong(data.sequence());
        bytes.appendLong(data.previous());
        if (data.kind() == Kind.REPLY) {
            bytes.appendLong(data.replyTo());
        }
        bytes.appendBuffer(data.payload());
    }

    private static int flags(Data data) {
        return (data.isBroadcast() ? BROADCAST : 0)
                | (data.isBroadcast() && data.target() != null ? TARGETED : 0)
                | (data.subscribersOnly() ? SUBSCRIBERS_ONLY : 0)
                | data.kind().code() << KIND_SHIFT;
    }

    private static void write(Ack ack, Buffer bytes) {
        int count = ack.sequences().length;
        if (count > MAX_ACKED) {
            throw new IllegalArgumentException(
                    "an acknowledgement names at most " + MAX_ACKED + " messages, not " + count);
        }
        writeByte(bytes, ACK);
        writeByte(bytes, ack.hops());
        writePeer(bytes, ack.receiver());
        writePeer(bytes, ack.sender());
        bytes.appendUnsignedShort(count);
        for (long sequence : ack.sequences()) {
            bytes.appendLong(sequence);
        }
    }

    private static void writeByte(Buffer bytes, int value) {
        if (value < 0 || value > MAX_HOPS) {
            throw new IllegalArgumentException("not a byte: " + value);
        }
        bytes.appendByte((byte) value);
    }

    private static void writePeer(Buffer bytes, PeerId peer) {
        writeText(bytes, peer.nodeId(), MAX_NODE_ID_BYTES);
        bytes.appendLong(peer.generation());
        bytes.appendLong(peer.run());
    }

    private static void writeText(Buffer bytes, String text, int mostBytes) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > mostBytes || !Utf8.isWellFormed(text)) {
            throw new IllegalArgumentException(
                    "text must be well-formed and at most " + mostBytes + " bytes of UTF-8, was " + utf8.length);
        }
        bytes.appendUnsignedShort(utf8.length).appendBytes(utf8);
    }

    private static Hello readHello(FrameCursor cursor) throws FrameException {
        if (cursor.readInt() != MAGIC) {
            throw new FrameException("the other side does not speak gossip messages");
        }
        int version = cursor.readByte();
        if (version != VERSION) {
            throw new FrameException(
                    "the other side speaks version " + version + " of gossip messages, this is " + VERSION);
        }
        int role = cursor.readByte();
        if (role >= ROLES.length) {
            throw new FrameException("unknown role " + role);
        }
        return new Hello(ROLES[role], cursor.readText(MAX_TEXT_BYTES), cursor.readPeer());
    }

    private static Data readData(FrameCursor cursor) throws FrameException {
        int flags = cursor.readByte();
        int kind = flags >> KIND_SHIFT & KIND_MASK;
        boolean broadcast = (flags & BROADCAST) != 0;
        boolean targeted = (flags & TARGETED) != 0;
        if ((flags & ~KNOWN_FLAGS) != 0 || kind >= KINDS.length || (targeted && !broadcast)) {
            throw new FrameException("unknown flags " + flags);
        }
        int hops = cursor.readByte();
        PeerId source = cursor.readPeer();
        @Nullable PeerId target = broadcast && !targeted ? null : cursor.readPeer();
        long sequence = cursor.readLong();
        long previous = cursor.readLong();
        long replyTo = KINDS[kind] == Kind.REPLY ? cursor.readLong() : 0;
        boolean subscribersOnly = (flags & SUBSCRIBERS_ONLY) != 0;
        return new Data(
                source,
                target,
                broadcast,
                sequence,
                previous,
                KINDS[kind],
                replyTo,
                hops,
                subscribersOnly,
                cursor.readRest());
    }

    private static Ack readAck(FrameCursor cursor) throws FrameException {
        int hops = cursor.readByte();
        PeerId receiver = cursor.readPeer();
        PeerId sender = cursor.readPeer();
        int count = cursor.readUnsignedShort();
        if (count > MAX_ACKED) {
            throw new FrameException("an acknowledgement of " + count + " messages");
        }
        cursor.expect(count * Long.BYTES);
        long[] sequences = new long[count];
        for (int i = 0; i < count; i++) {
            sequences[i] = cursor.readLong();
        }
        return new Ack(receiver, sender, hops, sequences);
    }
}
