/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.MessageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A socket that says whatever a test wants to whomever it wants. Thread-safe. */
final class Stranger implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int TYPE_OFFSET = 3;

    private final Setting setting;
    private final DatagramSocket socket;
    private final MessageCodec codec = new MessageCodec(1 << 20, new IdentityTable());

    Stranger(Setting setting) {
        this.setting = setting;
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(setting.host), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GossipAddress address() {
        return GossipAddress.parse(setting.host + ":" + socket.getLocalPort());
    }

    void syn(GossipAddress target, List<NodeDigest> digest) {
        send(encode(new Message.Syn(Digest.of(digest), "interop")), target);
    }

    /** Sends a SYN and waits for the answer to it, by when it has been read and done its work. */
    void synAnswered(GossipAddress target, List<NodeDigest> digest) {
        syn(target, digest);
        DatagramPacket received = new DatagramPacket(new byte[65_535], 65_535);
        try {
            do {
                socket.receive(received);
            } while (received.getPort() != target.port()
                    || received.getData()[TYPE_OFFSET] != MessageType.SYN_ACK.code());
        } catch (IOException e) {
            throw new AssertionError("no answer from " + target, e);
        }
    }

    void ack(GossipAddress target, NodeDelta delta) {
        send(encode(new Message.Ack(new Delta(List.of(delta)))), target);
    }

    void send(byte[] datagram, GossipAddress target) {
        try {
            socket.send(new DatagramPacket(
                    datagram, datagram.length, InetAddress.getByAddress(target.ip()), target.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized byte[] encode(Message message) {
        return codec.encode(new Envelope(setting.protocol, message));
    }

    @Override
    public void close() {
        socket.close();
    }
}
