/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;

/** Reads a message from the left to the right (wire format §4 to §8) and stops at the first defect. */
final class MessageReader {
    /** Bytes of a digest entry with a node id of usual length; a guess for the first allocation. */
    private static final int USUAL_ENTRY_BYTES = 56;

    private final IdentityTable known;
    private final BlockStreamReader streams;
    private final ByteCursor datagram = new ByteCursor(position -> position);
    private final Digest.Builder reused = new Digest.Builder(0);
    private boolean inPassing;

    MessageReader(int maxStreamBytes, IdentityTable known) {
        if (maxStreamBytes < 0 || maxStreamBytes > Integer.MAX_VALUE - 2 * WireNumbers.MAX_BLOCK_BYTES) {
            throw new IllegalArgumentException(
                    "maxStreamBytes must be between 0 and 2147352577, was " + maxStreamBytes);
        }
        this.known = known;
        this.streams = new BlockStreamReader(maxStreamBytes);
    }

    /** The digest is valid until the next message is read. */
    Envelope readInPassing(byte[] bytes) throws MalformedException {
        inPassing = true;
        try {
            return read(bytes, ReadObserver.NONE);
        } finally {
            inPassing = false;
        }
    }

    Envelope read(byte[] bytes, ReadObserver observer) throws MalformedException {
        datagram.reset(bytes, 0, bytes.length);
        if (bytes.length < WireNumbers.HEADER_BYTES) {
            throw datagram.malformed(DecodeError.SHORT_HEADER, 0, "a header has 4 bytes, got " + bytes.length);
        }
        if (datagram.u16("magic") != WireNumbers.MAGIC) {
            throw datagram.malformed(DecodeError.BAD_MAGIC, 0, "does not begin with 53 b0");
        }
        ProtocolVersion version = version(datagram.u8("version"));
        Message message = message(version, type(datagram.u8("type")), observer);
        if (datagram.remaining() > 0) {
            throw datagram.malformed(
                    DecodeError.TRAILING_BYTES,
                    datagram.position(),
                    datagram.remaining() + " bytes behind the message");
        }
        return new Envelope(version, message);
    }

    private ProtocolVersion version(int code) throws MalformedException {
        return switch (code) {
            case 0 -> ProtocolVersion.V0;
            case 1 -> ProtocolVersion.V1;
            default ->
                throw datagram.malformed(DecodeError.BAD_VERSION, 2, "protocol version must be 0 or 1, was " + code);
        };
    }

    private MessageType type(int code) throws MalformedException {
        MessageType type = MessageType.ofCode(code);
        if (type == null) {
            throw datagram.malformed(DecodeError.BAD_TYPE, 3, "message type must be 0 to 3, was " + code);
        }
        return type;
    }

    private Message message(ProtocolVersion version, MessageType type, ReadObserver observer)
            throws MalformedException {
        return switch (type) {
            case SYN -> {
                Digest digest = digest(version, observer);
                yield new Message.Syn(digest, datagram.string("the cluster id"));
            }
            case SYN_ACK -> {
                Digest digest = digest(version, observer);
                yield new Message.SynAck(digest, delta(observer));
            }
            case ACK -> new Message.Ack(delta(observer));
            case BAD_CLUSTER -> new Message.BadCluster();
        };
    }

    private Digest digest(ProtocolVersion version, ReadObserver observer) throws MalformedException {
        return switch (version) {
            case V0 -> countedDigest();
            case V1 -> streamedDigest(streams.read(datagram, observer));
        };
    }

    private Digest countedDigest() throws MalformedException {
        int at = datagram.position();
        int count = datagram.u16("the node count");
        if ((long) count * WireNumbers.MIN_DIGEST_ENTRY_BYTES > datagram.remaining()) {
            throw datagram.malformed(DecodeError.TRUNCATED, at, "too short for " + count + " digest entries");
        }
        Digest.Builder entries = builder(count);
        for (int i = 0; i < count; i++) {
            addEntry(datagram, entries);
        }
        return entries.build();
    }

    private Digest streamedDigest(ByteCursor content) throws MalformedException {
        Digest.Builder entries = builder(content.remaining() / USUAL_ENTRY_BYTES);
        while (content.remaining() > 0) {
            addEntry(content, entries);
        }
        return entries.build();
    }

    private Digest.Builder builder(int expectedEntries) {
        if (!inPassing) {
            return new Digest.Builder(expectedEntries);
        }
        reused.restart();
        return reused;
    }

    private void addEntry(ByteCursor source, Digest.Builder entries) throws MalformedException {
        NodeIdentity identity = source.identity(known);
        long heartbeat = source.u64("heartbeat");
        long lastGcVersion = source.u64("last gc version");
        entries.add(identity, heartbeat, lastGcVersion, source.u64("max version"));
    }

    private Delta delta(ReadObserver observer) throws MalformedException {
        ByteCursor content = streams.read(datagram, observer);
        if (content.remaining() == 0) {
            return Delta.EMPTY;
        }
        DeltaAssembler assembler = new DeltaAssembler();
        while (content.remaining() > 0) {
            op(content, assembler, observer);
        }
        return assembler.finish();
    }

    private void op(ByteCursor content, DeltaAssembler assembler, ReadObserver observer) throws MalformedException {
        int at = content.position();
        int tag = content.u8("op tag");
        switch (tag) {
            case WireNumbers.NODE_OP -> {
                NodeIdentity identity = content.identity(known);
                long lastGcVersion = content.u64("last gc version");
                long fromVersionExcluded = content.u64("from version");
                observer.node(identity, lastGcVersion, fromVersionExcluded);
                assembler.node(content, at, identity, lastGcVersion, fromVersionExcluded);
            }
            case WireNumbers.KEY_VALUE_OP -> {
                KeyMutation mutation = mutation(content);
                observer.keyValue(mutation);
                assembler.keyValue(content, at, mutation);
            }
            case WireNumbers.MAX_VERSION_OP -> {
                long maxVersion = content.u64("max version");
                observer.maxVersion(maxVersion);
                assembler.maxVersion(content, at, maxVersion);
            }
            default -> throw content.malformed(DecodeError.BAD_OP, at, "op tag must be 0 to 2, was " + tag);
        }
    }

    private static KeyMutation mutation(ByteCursor content) throws MalformedException {
        String key = content.string("key");
        String value = content.string("value");
        long version = content.u64("version");
        return new KeyMutation(key, value, version, status(content));
    }

    private static EntryStatus status(ByteCursor content) throws MalformedException {
        int at = content.position();
        int code = content.u8("status");
        return switch (code) {
            case 0 -> EntryStatus.SET;
            case 1 -> EntryStatus.TOMBSTONE;
            case 2 -> EntryStatus.DELETE_AFTER_TTL;
            default -> throw content.malformed(DecodeError.BAD_STATUS, at, "status must be 0 to 2, was " + code);
        };
    }
}
