/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Transport} keeps to; the numbers are those of its contract. */
abstract class TransportContract {
    private static final int BURST = 40;

    private final Vertx vertx = vertx();

    /** A fresh instance, which the contract closes. */
    Vertx vertx() {
        return Vertx.vertx();
    }

    abstract Transport transport();

    /** An address of this machine with port 0. */
    abstract GossipAddress anyPort();

    @SuppressWarnings("NullAway.Init")
    private Endpoint one;

    @SuppressWarnings("NullAway.Init")
    private Endpoint other;

    @BeforeEach
    void openTwoSockets() {
        one = open(transport(), anyPort());
        other = open(transport(), anyPort());
    }

    @AfterEach
    void closeAll() {
        Waiting.get(vertx.close());
    }

    Endpoint open(Transport transport, GossipAddress address) {
        return Endpoint.open(vertx, transport, address);
    }

    @Test
    void callsHandlersOnTheContextOfTheSocket_1() {
        Waiting.get(one.send(new byte[] {1}, other.address()));
        other.next();
        assertThat(other.contexts).containsOnly(other.context);
    }

    @Test
    void bindsAFreePortForPort0_2() {
        assertThat(one.address().port()).isPositive();
        assertThat(other.address()).isNotEqualTo(one.address());
        assertThat(one.address().ip()).isEqualTo(anyPort().ip());
    }

    @Test
    void failsWithABindExceptionThatNamesAnAddressInUse_3() {
        assertThat(Waiting.failure(Endpoint.tryOpen(vertx, transport(), one.address())))
                .isInstanceOf(BindException.class)
                .hasMessageContaining(one.address().toString())
                .hasMessageContaining("in use");
    }

    @Test
    void deliversADatagramUnchanged_4() {
        Waiting.get(one.send(new byte[] {83, -80, 0, 0, 42}, other.address()));
        assertThat(other.next().bytes()).containsExactly(83, -80, 0, 0, 42);
    }

    @Test
    void deliversEachDatagramOfABurstUnchanged_4() {
        one.context.runOnContext(ignored -> {
            for (int i = 0; i < BURST; i++) {
                one.socket.send(datagramOf(i), other.address());
            }
        });
        for (int i = 0; i < BURST; i++) {
            assertThat(other.next().bytes()).isEqualTo(datagramOf(i));
        }
    }

    private static byte[] datagramOf(int number) {
        byte[] datagram = new byte[100 + number];
        Arrays.fill(datagram, (byte) number);
        return datagram;
    }

    @Test
    void deliversTheLargestDatagramWhole_4() {
        byte[] datagram = new byte[65_507];
        new Random(4).nextBytes(datagram);
        Waiting.get(one.send(datagram.clone(), other.address()));
        assertThat(other.next().bytes()).isEqualTo(datagram);
    }

    @Test
    void failsTheFutureOfASendThatIsTooLong_4() {
        assertThat(Waiting.failure(one.send(new byte[65_508], other.address())))
                .hasMessageContaining("65507")
                .hasMessageContaining("65508");
        Waiting.get(one.send(new byte[] {2}, other.address()));
        assertThat(other.next().bytes()).containsExactly(2);
    }

    @Test
    void tellsTheSourceSoThatAnAnswerFindsIt_5() {
        Waiting.get(one.send(new byte[] {1}, other.address()));
        GossipAddress source = other.next().source();
        assertThat(source).isEqualTo(one.address());
        Waiting.get(other.send(new byte[] {7}, source));
        assertThat(one.next().bytes()).containsExactly(7);
    }

    @Test
    void survivesAnEmptyDatagram_6() {
        Waiting.get(one.send(new byte[0], other.address()));
        Waiting.get(one.send(new byte[] {3}, other.address()));
        Datagram next = other.next();
        assertThat((next.bytes().length == 0 ? other.next() : next).bytes()).containsExactly(3);
    }

    @Test
    void keepsWorkingAfterASendToNobody_7() {
        GossipAddress nobody = other.address();
        Waiting.get(other.close());
        Waiting.get(one.send(new byte[] {1}, nobody));
        Waiting.get(one.send(new byte[] {2}, nobody));
        Endpoint third = open(transport(), anyPort());
        Waiting.get(third.send(new byte[] {5}, one.address()));
        assertThat(one.next().bytes()).containsExactly(5);
        assertThat(one.broken).isEmpty();
    }

    @Test
    void closesAnyNumberOfTimesAndFreesTheAddress_8() {
        Waiting.get(one.close());
        Waiting.get(one.close());
        Endpoint again = open(transport(), one.address());
        assertThat(again.address()).isEqualTo(one.address());
    }

    @Test
    void neitherSendsNorReceivesAfterItWasClosed_8() {
        GossipAddress address = other.address();
        Waiting.get(one.send(new byte[] {1}, address));
        other.next();
        Waiting.get(other.close());
        Waiting.get(one.send(new byte[] {2}, address));
        assertThat(Waiting.failure(other.send(new byte[] {3}, one.address()))).isNotNull();
        Endpoint again = open(transport(), address);
        Waiting.get(one.send(new byte[] {4}, address));
        while (again.next().bytes()[0] != 4) {
            // the network may have kept the one before; what matters is that the closed socket hears nothing
        }
        assertThat(other.received).isEmpty();
        assertThat(other.broken).isEmpty();
    }
}
