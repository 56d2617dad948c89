/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes datagrams apart for people. Reads with the same reader as {@link MessageCodec}, so it accepts and refuses the
 * same datagrams for the same reasons, and writes down what the reader comes across.
 *
 * <p><b>Threads:</b> confined.
 */
public final class DatagramDissector {
    private final MessageReader reader;

    /**
     * A dissector with its own buffers.
     *
     * @param maxStreamBytes most content that one stream may have after decompression, bytes (wire format §7)
     * @throws IllegalArgumentException if the limit is negative or close to 2^31
     */
    public DatagramDissector(int maxStreamBytes) {
        this.reader = new MessageReader(maxStreamBytes, new IdentityTable());
    }

    /**
     * Dissects one datagram.
     *
     * @param datagram any bytes; not kept
     * @return what it holds, or why it is refused
     */
    public Dissection dissect(byte[] datagram) {
        DissectionNotes notes = new DissectionNotes();
        try {
            return anatomy(reader.read(datagram, notes), notes);
        } catch (MalformedException e) {
            return e.asValue();
        }
    }

    private static Dissection anatomy(Envelope envelope, DissectionNotes notes) {
        ProtocolVersion version = envelope.version();
        Message message = envelope.message();
        if (message instanceof Message.Syn syn) {
            return new Dissection.Anatomy(
                    version, MessageType.SYN, digest(version, syn.digest(), notes), syn.clusterId(), null);
        }
        if (message instanceof Message.SynAck synAck) {
            Dissection.DigestPart digest = digest(version, synAck.digest(), notes);
            return new Dissection.Anatomy(version, MessageType.SYN_ACK, digest, null, delta(synAck.delta(), notes));
        }
        if (message instanceof Message.Ack ack) {
            return new Dissection.Anatomy(version, MessageType.ACK, null, null, delta(ack.delta(), notes));
        }
        if (message instanceof Message.BadCluster) {
            return new Dissection.Anatomy(version, MessageType.BAD_CLUSTER, null, null, null);
        }
        throw new AssertionError("unhandled message: " + message);
    }

    private static Dissection.DigestPart digest(ProtocolVersion version, Digest entries, DissectionNotes notes) {
        Dissection.@Nullable Stream stream = switch (version) {
            case V0 -> null;
            case V1 -> notes.nextStream();
        };
        Set<NodeIdentity> distinct = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            distinct.add(entries.identity(i));
        }
        return new Dissection.DigestPart(entries, distinct.size(), stream);
    }

    private static Dissection.DeltaPart delta(Delta delta, DissectionNotes notes) {
        return new Dissection.DeltaPart(notes.nextStream(), notes.ops(), delta.nodeDeltas());
    }
}
