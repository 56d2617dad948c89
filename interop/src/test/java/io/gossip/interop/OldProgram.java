/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.wire.ProtocolVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The address of a member that is older than V1: stands before a real one, and loses every datagram that is not V0 without
 * an answer, as programs do that do not know the version. Passes on all others, and the answers to them. Thread-safe.
 */
final class OldProgram implements AutoCloseable {
    private static final int VERSION_OFFSET = 2;
    private static final int MAX_DATAGRAM = 65_507;

    private final DatagramSocket front;
    private volatile @Nullable SocketAddress member;
    private final Map<SocketAddress, DatagramSocket> askers = new HashMap<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    OldProgram() {
        try {
            front = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(Setting.V0_IPV4.host), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pump(front, this::asked);
    }

    /** Stands before a member of the loopback from now on. */
    void standBefore(GossipAddress listening) {
        member = new InetSocketAddress(front.getLocalAddress(), listening.port());
    }

    GossipAddress address() {
        return GossipAddress.parse(Setting.V0_IPV4.host + ":" + front.getLocalPort());
    }

    /** How many datagrams in V0 came in. */
    int passed() {
        return passed.get();
    }

    /** How many datagrams in other versions came in. */
    int lost() {
        return lost.get();
    }

    private interface Handler {
        void handle(DatagramPacket packet) throws IOException;
    }

    private static void pump(DatagramSocket socket, Handler handler) {
        Thread thread = new Thread(
                () -> {
                    while (!socket.isClosed()) {
                        try {
                            DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
                            socket.receive(packet);
                            handler.handle(packet);
                        } catch (IOException e) {
                            // Closed, or the member is gone: then what is sent to it is lost.
                        }
                    }
                },
                "old program");
        thread.setDaemon(true);
        thread.start();
    }

    private void asked(DatagramPacket packet) throws IOException {
        if (packet.getLength() <= VERSION_OFFSET || packet.getData()[VERSION_OFFSET] != ProtocolVersion.V0.code()) {
            lost.incrementAndGet();
            return;
        }
        SocketAddress target = member;
        if (target != null) {
            passed.incrementAndGet();
            behind(packet.getSocketAddress()).send(new DatagramPacket(packet.getData(), packet.getLength(), target));
        }
    }

    private synchronized DatagramSocket behind(SocketAddress asker) throws IOException {
        DatagramSocket known = askers.get(asker);
        if (known != null) {
            return known;
        }
        if (front.isClosed()) {
            throw new IOException("closed");
        }
        DatagramSocket made = new DatagramSocket(new InetSocketAddress(front.getLocalAddress(), 0));
        askers.put(asker, made);
        pump(made, answer -> front.send(new DatagramPacket(answer.getData(), answer.getLength(), asker)));
        return made;
    }

    @Override
    public synchronized void close() {
        front.close();
        List<DatagramSocket> all = new ArrayList<>(askers.values());
        all.forEach(DatagramSocket::close);
    }
}
