/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns datagrams into messages and, for tools and tests, messages into datagrams. What a node sends it writes with
 * {@link DatagramWriter} instead, which asks for no message objects.
 *
 * <p>Decoding is total: any bytes yield an {@link Envelope} or the first defect, no exception, and memory in proportion
 * to the content limit at most.
 *
 * <p><b>Threads:</b> confined; buffers are reused from call to call.
 */
public final class MessageCodec {
    private final MessageReader reader;
    private @Nullable DatagramWriter writer; // made at the first message to encode: nodes only decode here

    /**
     * A codec with its own buffers.
     *
     * @param maxStreamBytes most content that one stream may have after decompression, bytes (wire format §7)
     * @param known identities that decoded messages share instead of holding copies; the caller keeps it up to date
     * @throws IllegalArgumentException if the limit is negative or close to 2^31
     */
    public MessageCodec(int maxStreamBytes, IdentityTable known) {
        this.reader = new MessageReader(maxStreamBytes, known);
    }

    /**
     * Decodes one datagram.
     *
     * @param datagram any bytes; not kept
     * @return the message with its version, or why there is none
     */
    public Decoded decode(byte[] datagram) {
        try {
            return reader.read(datagram, ReadObserver.NONE);
        } catch (MalformedException e) {
            return e.asValue();
        }
    }

    /**
     * Decodes one datagram for a caller that is done with the message before it decodes the next one: the digest stands
     * in arrays that the next call fills again. A node reads a digest of all its members for nearly every datagram.
     *
     * @param datagram any bytes; not kept
     * @return the message with its version, or why there is none; its digest is valid until the next call
     */
    public Decoded decodeInPassing(byte[] datagram) {
        try {
            return reader.readInPassing(datagram);
        } catch (MalformedException e) {
            return e.asValue();
        }
    }

    /**
     * Encodes one message. Digest entries are written in ascending order of identity, of equal identities only the last.
     *
     * @param envelope message and version
     * @return the datagram, at most 65,507 bytes
     * @throws IllegalArgumentException if the message cannot be written: too long, text that is not well-formed, or a
     *     delta which {@link #decode} would refuse
     */
    public byte[] encode(Envelope envelope) {
        if (writer == null) {
            writer = new DatagramWriter(WireNumbers.MAX_DATAGRAM_BYTES);
        }
        write(envelope, writer);
        return writer.finish();
    }

    private static void write(Envelope envelope, DatagramWriter writer) {
        Message message = envelope.message();
        writer.begin(envelope.version(), typeOf(message));
        if (message instanceof Message.Syn syn) {
            digest(syn.digest(), writer);
            writer.clusterId(syn.clusterId());
        } else if (message instanceof Message.SynAck synAck) {
            digest(synAck.digest(), writer);
            delta(synAck.delta(), writer);
        } else if (message instanceof Message.Ack ack) {
            delta(ack.delta(), writer);
        }
    }

    private static MessageType typeOf(Message message) {
        if (message instanceof Message.Syn) return MessageType.SYN;
        if (message instanceof Message.SynAck) return MessageType.SYN_ACK;
        if (message instanceof Message.Ack) return MessageType.ACK;
        if (message instanceof Message.BadCluster) return MessageType.BAD_CLUSTER;
        throw new AssertionError("unhandled message: " + message);
    }

    private static void digest(Digest digest, DatagramWriter writer) {
        Map<NodeIdentity, Integer> lastEntries = new TreeMap<>();
        for (int i = 0; i < digest.size(); i++) {
            lastEntries.put(digest.identity(i), i);
        }
        DigestImage image = new DigestImage();
        image.layout(new ArrayList<>(lastEntries.keySet()));
        int index = 0;
        for (int entry : lastEntries.values()) {
            image.set(index++, digest.heartbeat(entry), digest.lastGcVersion(entry), digest.maxVersion(entry));
        }
        if (!writer.digest(image, 0)) {
            throw new IllegalArgumentException("a digest of " + image.size() + " entries does not fit a datagram");
        }
    }

    private static void delta(Delta delta, DatagramWriter writer) {
        Set<NodeIdentity> seen = new HashSet<>();
        for (NodeDelta nodeDelta : delta.nodeDeltas()) {
            if (!seen.add(nodeDelta.identity())) {
                throw new IllegalArgumentException(
                        "a delta names each node once, but has again " + nodeDelta.identity());
            }
            requireAscendingVersions(nodeDelta);
        }
        writer.delta(delta);
    }

    private static void requireAscendingVersions(NodeDelta delta) {
        long reached = 0;
        for (KeyMutation mutation : delta.mutations()) {
            if (Long.compareUnsigned(mutation.version(), reached) <= 0) {
                throw new IllegalArgumentException("version " + Long.toUnsignedString(mutation.version())
                        + " must exceed " + Long.toUnsignedString(reached));
            }
            reached = mutation.version();
        }
        if (Long.compareUnsigned(delta.maxVersion(), reached) < 0) {
            throw new IllegalArgumentException("max version " + Long.toUnsignedString(delta.maxVersion())
                    + " must not be below " + Long.toUnsignedString(reached));
        }
    }
}
