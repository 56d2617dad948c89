/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class UdpTransportTest {
    @Nested
    class OverIpv4 extends TransportContract {
        @Override
        Transport transport() {
            return new UdpTransport();
        }

        @Override
        GossipAddress anyPort() {
            return GossipAddress.parse("127.0.0.1:0");
        }
    }

    @Nested
    class OverIpv6 extends TransportContract {
        @BeforeAll
        static void needsALoopbackAddress() throws SocketException {
            assumeTrue(NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress()));
        }

        @Override
        Transport transport() {
            return new UdpTransport();
        }

        @Override
        GossipAddress anyPort() {
            return GossipAddress.parse("[::1]:0");
        }
    }

    @Nested
    class OnTheNativeTransport extends TransportContract {
        @BeforeAll
        static void needsOne() {
            Vertx vertx = preferringNative();
            try {
                assumeTrue(vertx.isNativeTransportEnabled());
            } finally {
                Waiting.get(vertx.close());
            }
        }

        @Override
        Vertx vertx() {
            return preferringNative();
        }

        @Override
        Transport transport() {
            return new UdpTransport();
        }

        @Override
        GossipAddress anyPort() {
            return GossipAddress.parse("127.0.0.1:0");
        }
    }

    private static Vertx preferringNative() {
        return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    }

    @Test
    void exchangesDatagramsWithAPlainSocket() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (java.net.DatagramSocket plain =
                new java.net.DatagramSocket(0, java.net.InetAddress.getLoopbackAddress())) {
            plain.setSoTimeout(1_000 * Waiting.BOUND_SECONDS);
            Endpoint ours = Endpoint.open(vertx, new UdpTransport(), GossipAddress.parse("127.0.0.1:0"));
            plain.send(new DatagramPacket(
                    new byte[] {1, 2, 3},
                    3,
                    plain.getLocalAddress(),
                    ours.address().port()));
            Datagram datagram = ours.next();
            assertThat(datagram.bytes()).containsExactly(1, 2, 3);
            Waiting.get(ours.send(new byte[] {9}, datagram.source()));
            DatagramPacket answer = new DatagramPacket(new byte[10], 10);
            plain.receive(answer);
            assertThat(answer.getLength()).isOne();
            assertThat(answer.getPort()).isEqualTo(ours.address().port());
        } finally {
            Waiting.get(vertx.close());
        }
    }

    @Test
    void failsClearlyOnAnAddressOfAnotherMachine() {
        Vertx vertx = Vertx.vertx();
        try {
            // TEST-NET-1 of RFC 5737 is never an address of this machine.
            assertThat(Waiting.failure(Endpoint.tryOpen(vertx, new UdpTransport(), GossipAddress.parse("192.0.2.1:0"))))
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith("cannot listen on UDP 192.0.2.1:0: ");
        } finally {
            Waiting.get(vertx.close());
        }
    }

    @Test
    void reportsASocketThatWasClosedBehindItsBackOnce() {
        Vertx vertx = Vertx.vertx();
        List<Throwable> broken = new CopyOnWriteArrayList<>();
        try {
            Waiting.get(Waiting.onContext(vertx, () -> {
                return new UdpTransport()
                        .open(vertx, GossipAddress.parse("127.0.0.1:0"))
                        .compose(socket -> {
                            socket.brokenHandler(broken::add);
                            ((UdpSocket) socket).breakChannel();
                            return socket.send(new byte[] {1}, socket.localAddress())
                                    .transform(first -> socket.send(new byte[] {1}, socket.localAddress()))
                                    .transform(second -> socket.close());
                        });
            }));
            assertThat(broken).hasSize(1);
        } finally {
            Waiting.get(vertx.close());
        }
    }

    @Test
    void refusesAReceiveBufferThatWouldCutDatagrams() {
        assertThatThrownBy(() -> new UdpTransport(65_506))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("receiveBufferBytes must be between 65507 and 67108864, was 65506");
    }
}
