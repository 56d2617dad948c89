/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.Utf8;
import io.gossip.core.reconcile.ByteBudget;
import io.gossip.core.reconcile.Delta;
import java.util.Arrays;

/**
 * Writes one message after the other into the same scratch buffer: {@link #begin}, then the parts of the message in the
 * order of wire format §5, then {@link #finish}.
 *
 * <p>The digest is written before the delta is even collected, and the delta as it is collected: so the room left for each op
 * rests on real lengths (W1) and nothing is encoded twice (W42).
 *
 * <p><b>Threads:</b> confined.
 */
public final class DatagramWriter {
    private final int maxDatagramBytes;
    private final byte[] buffer;
    private final BlockStreamWriter streams = new BlockStreamWriter();
    private final OpWriter ops = new OpWriter();
    private final DeltaStream delta = new DeltaStream(streams);
    private ProtocolVersion version = ProtocolVersion.V0;
    private int length;
    private int digestBytes;

    /**
     * A writer with its own scratch buffer.
     *
     * @param maxDatagramBytes longest message it writes, bytes, 4 to 65,507
     * @throws IllegalArgumentException for another limit
     */
    public DatagramWriter(int maxDatagramBytes) {
        if (maxDatagramBytes < WireNumbers.HEADER_BYTES || maxDatagramBytes > WireNumbers.MAX_DATAGRAM_BYTES) {
            throw new IllegalArgumentException("maxDatagramBytes must be between 4 and 65507, was " + maxDatagramBytes);
        }
        this.maxDatagramBytes = maxDatagramBytes;
        this.buffer = new byte[maxDatagramBytes + BlockStreamWriter.SLACK_BYTES];
    }

    /**
     * Starts a message with its header; what was written before is gone.
     *
     * @param version decides how the digest is laid out
     * @param type decides which parts must follow
     */
    public void begin(ProtocolVersion version, MessageType type) {
        this.version = version;
        WireNumbers.putU16(buffer, 0, WireNumbers.MAGIC);
        buffer[2] = (byte) version.code();
        buffer[3] = (byte) type.code();
        length = WireNumbers.HEADER_BYTES;
        digestBytes = 0;
    }

    /**
     * Appends a digest, if it leaves enough room for what must follow.
     *
     * @param image the digest
     * @param reserveBytes room to be left, bytes
     * @return whether it was written; if not, the writer is as before
     */
    public boolean digest(DigestImage image, int reserveBytes) {
        int limit = maxDatagramBytes - reserveBytes;
        int end = switch (version) {
            case V0 -> plainDigest(image, limit);
            case V1 -> streams.writeDigest(image.bytes(), image.plainBytes(), buffer, length, limit);
        };
        if (end < 0) return false;
        digestBytes = end - length;
        length = end;
        return true;
    }

    /** {@return the length of the digest of this message, bytes; 0 if it has none} */
    public int digestBytes() {
        return digestBytes;
    }

    /**
     * Appends the cluster id of a SYN.
     *
     * @param clusterId well-formed text
     * @throws IllegalArgumentException if it is not well-formed or does not fit; the writer is as before
     */
    public void clusterId(String clusterId) {
        int bytes = Utf8.length(clusterId);
        if (bytes + Short.BYTES > remaining()) {
            throw new IllegalArgumentException(
                    "a cluster id of " + bytes + " bytes does not fit the " + remaining() + " bytes left");
        }
        length = OpWriter.string(clusterId, bytes, buffer, length);
    }

    /**
     * Begins the delta of this message, which is written op by op.
     *
     * @param maxBytes upper bound for the encoded delta, bytes; the room left in the datagram if that is less
     * @return takes what fits, valid until {@link #endDelta}
     */
    public ByteBudget beginDelta(int maxBytes) {
        delta.begin(buffer, length, Math.min(maxBytes, remaining()));
        return delta;
    }

    /** Ends the delta that was begun. At least one byte must have been left for it. */
    public void endDelta() {
        length = delta.finish();
    }

    /**
     * Appends a delta that exists already, as tools and tests have it.
     *
     * @param delta versions ascending, no identity twice; not checked
     * @throws IllegalArgumentException if it does not fit or holds text that cannot be written; the writer is as before
     */
    public void delta(Delta delta) {
        ops.write(delta);
        int end = streams.write(ops.bytes(), ops.length(), buffer, length, maxDatagramBytes);
        if (end < 0) {
            throw new IllegalArgumentException(
                    "the delta does not fit the " + remaining() + " bytes left of a datagram of " + maxDatagramBytes);
        }
        length = end;
    }

    /** {@return the length of the message so far, bytes} */
    public int length() {
        return length;
    }

    /** {@return the message, a fresh array of exactly its length} */
    public byte[] finish() {
        return Arrays.copyOf(buffer, length);
    }

    private int remaining() {
        return maxDatagramBytes - length;
    }

    private int plainDigest(DigestImage image, int limit) {
        long end = (long) length + Short.BYTES + image.plainBytes();
        if (end > limit) return BlockStreamWriter.DOES_NOT_FIT;
        WireNumbers.putU16(buffer, length, image.size());
        System.arraycopy(image.bytes(), 0, buffer, length + Short.BYTES, image.plainBytes());
        return (int) end;
    }
}
