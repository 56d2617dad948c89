/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a datagram holds, down to its blocks, for people who look at the wire; or why it was refused. */
public sealed interface Dissection permits Dissection.Anatomy, Malformed {
    /**
     * A well-formed datagram.
     *
     * @param version version of the header
     * @param type type of the header
     * @param digest the digest of a SYN or SYN-ACK, else null
     * @param clusterId the cluster id of a SYN, else null
     * @param delta the delta of a SYN-ACK or ACK, else null
     */
    record Anatomy(
            ProtocolVersion version,
            MessageType type,
            @Nullable DigestPart digest,
            @Nullable String clusterId,
            @Nullable DeltaPart delta)
            implements Dissection {}

    /**
     * A digest.
     *
     * @param entries in the order of the wire, repeated identities included
     * @param distinctNodes number of different identities
     * @param stream the stream around the entries of a V1 digest; null for V0, which has a count instead
     */
    record DigestPart(
            Digest entries, int distinctNodes, @Nullable Stream stream) {}

    /**
     * A delta.
     *
     * @param stream the stream around the ops
     * @param ops in the order of the wire
     * @param nodeDeltas what they amount to, one per Node op
     */
    record DeltaPart(Stream stream, List<Op> ops, List<NodeDelta> nodeDeltas) {
        /** Copies the lists. */
        public DeltaPart {
            ops = List.copyOf(ops);
            nodeDeltas = List.copyOf(nodeDeltas);
        }
    }

    /**
     * A block stream.
     *
     * @param blocks all blocks but the end byte, in order
     * @param content what they expand to, put together; not to be changed
     */
    record Stream(List<Block> blocks, byte[] content) {
        /** Copies the list. */
        public Stream {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * A block of a stream.
     *
     * @param offset of its type byte in the datagram, bytes
     * @param compressed whether the payload is zstd, not raw
     * @param wireLength length of the payload, bytes
     * @param content what it expands to; not to be changed
     */
    record Block(int offset, boolean compressed, int wireLength, byte[] content) {}

    /** An operation of a delta. */
    sealed interface Op {
        /**
         * Opens a node delta.
         *
         * @param identity the member
         * @param lastGcVersion unsigned
         * @param fromVersionExcluded unsigned
         */
        record Node(NodeIdentity identity, long lastGcVersion, long fromVersionExcluded) implements Op {}

        /**
         * Brings one write.
         *
         * @param mutation the write
         */
        record KeyValue(KeyMutation mutation) implements Op {}

        /**
         * Raises the max version of the node delta.
         *
         * @param maxVersion unsigned
         */
        record SetMaxVersion(long maxVersion) implements Op {}
    }
}
