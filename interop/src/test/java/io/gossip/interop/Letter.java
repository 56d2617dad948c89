/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.message.Message;
import io.gossip.core.wire.Decoded;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;

/** A datagram on its way. */
record Letter(GossipAddress from, GossipAddress to, byte[] datagram) {
    private static final int MAX_STREAM_BYTES = 1 << 24;

    static Letter of(GossipAddress from, GossipAddress to, ProtocolVersion version, Message message) {
        return new Letter(from, to, codec().encode(new Envelope(version, message)));
    }

    Envelope open() {
        Decoded decoded = codec().decode(datagram);
        if (decoded instanceof Envelope envelope) {
            return envelope;
        }
        throw new AssertionError(from + " sent what cannot be decoded: " + decoded);
    }

    private static MessageCodec codec() {
        return new MessageCodec(MAX_STREAM_BYTES, new IdentityTable());
    }
}
