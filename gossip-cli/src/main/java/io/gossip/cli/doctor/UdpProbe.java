/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import io.gossip.cli.doctor.Evidence.Udp;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.wire.Decoded;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Opens handshakes from a socket of its own, and does not go on with them. The SYN names no member, so nobody is listed or
 * believed because of it; the answer is looked at and forgotten.
 *
 * <p>A member may withhold a SYN-ACK from strangers, because of its reply limit, but not the short refusal of a foreign
 * cluster. So the last attempt names a cluster that does not exist.
 */
public final class UdpProbe {
    private static final int MAX_DATAGRAM = 65_507;
    private static final int MAX_STREAM = 1 << 24;
    private static final String NO_CLUSTER = "gossip doctor asks whether anybody is here";

    private final String clusterId;
    private final boolean mayJoin;
    private final Duration patience;

    /**
     * A probe.
     *
     * @param clusterId of the node that is examined
     * @param mayJoin whether to open handshakes in that cluster: a member counts itself as met then. Otherwise an answer
     *     shows only that some member is there
     * @param patience how long to wait for an answer to each of three attempts
     */
    public UdpProbe(String clusterId, boolean mayJoin, Duration patience) {
        this.clusterId = clusterId;
        this.mayJoin = mayJoin;
        this.patience = patience;
    }

    /**
     * Asks one address. Blocks for three times the patience at most.
     *
     * @param address whom
     * @return what came back
     */
    public Udp ask(GossipAddress address) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(address.ip()), address.port()));
            Udp answer = mayJoin ? attempt(socket, clusterId) : Udp.SILENT;
            answer = mayJoin && answer == Udp.SILENT ? attempt(socket, clusterId) : answer;
            return answer == Udp.SILENT ? attemptAsStranger(socket) : answer;
        } catch (PortUnreachableException nobody) {
            return Udp.REFUSED;
        } catch (IOException | IllegalArgumentException unreachable) {
            return Udp.SILENT;
        }
    }

    private Udp attemptAsStranger(DatagramSocket socket) throws IOException {
        return attempt(socket, NO_CLUSTER) == Udp.SILENT ? Udp.SILENT : Udp.ANSWERS;
    }

    private Udp attempt(DatagramSocket socket, String cluster) throws IOException {
        MessageCodec codec = new MessageCodec(MAX_STREAM, new IdentityTable());
        byte[] syn = codec.encode(new Envelope(ProtocolVersion.V0, new Message.Syn(Digest.of(List.of()), cluster)));
        socket.send(new DatagramPacket(syn, syn.length));
        long deadline = System.nanoTime() + patience.toNanos();
        byte[] buffer = new byte[MAX_DATAGRAM];
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException silence) {
                return Udp.SILENT;
            }
            Decoded decoded = codec.decode(Arrays.copyOf(buffer, packet.getLength()));
            if (decoded instanceof Envelope envelope) {
                if (envelope.message() instanceof Message.SynAck) {
                    return Udp.ANSWERS;
                }
                if (envelope.message() instanceof Message.BadCluster) {
                    return Udp.OTHER_CLUSTER;
                }
            }
        }
        return Udp.SILENT;
    }
}
