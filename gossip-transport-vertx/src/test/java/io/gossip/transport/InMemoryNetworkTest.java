/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryNetworkTest {
    private static final int MANY = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryNetwork network = new InMemoryNetwork(TestRandom.create());
    private final Endpoint one = open("10.0.0.1:7000");
    private final Endpoint other = open("10.0.0.2:7000");

    @Nested
    class KeepsTheContract extends TransportContract {
        private final InMemoryNetwork shared = new InMemoryNetwork(TestRandom.create());

        @Override
        Transport transport() {
            return shared.transport();
        }

        @Override
        GossipAddress anyPort() {
            return GossipAddress.parse("10.1.2.3:0");
        }
    }

    @AfterEach
    void close() {
        Waiting.get(vertx.close());
    }

    @Test
    void deliversAllInOrderWithoutFaults() {
        send(one, other, MANY);
        assertThat(arrivedBefore(stopper())).containsExactlyElementsOf(numbers(MANY));
    }

    @Test
    void losesTheGivenPartOfAllDatagrams() {
        network.loss(0.3);
        send(one, other, MANY);
        network.heal();
        // 5 standard deviations of a binomial distribution: sqrt(1000 * 0.3 * 0.7) = 14.5
        assertThat(arrivedBefore(stopper())).hasSizeBetween(627, 773).isSorted();
    }

    @Test
    void deliversTheGivenPartTwice() {
        network.duplication(0.5);
        send(one, other, MANY);
        network.heal();
        List<Integer> arrived = arrivedBefore(stopper());
        assertThat(arrived).hasSizeBetween(1_420, 1_580);
        assertThat(arrived.stream().distinct()).hasSize(MANY);
    }

    @Test
    void letsHeldBackDatagramsBeOvertaken() {
        network.reordering(0.5);
        send(one, other, MANY);
        List<Integer> arrived = new ArrayList<>();
        while (arrived.size() < MANY) {
            arrived.add(number(other.next()));
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(numbers(MANY));
        assertThat(arrived).isNotEqualTo(numbers(MANY));
    }

    @Test
    void delaysAtLeastAsLongAsAsked() {
        network.delay(Duration.ofMillis(30), Duration.ofMillis(40));
        long start = System.nanoTime();
        send(one, other, 1);
        other.next();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(29));
    }

    @Test
    void cutsOneDirectionOnly() {
        network.cutOneWay(one.address(), other.address());
        send(one, other, 5);
        send(other, one, 1);
        assertThat(number(one.next())).isZero();
        network.heal();
        assertThat(arrivedBefore(stopper())).isEmpty();
    }

    @Test
    void cutsBothDirectionsUntilHealed() {
        network.cut(one.address(), other.address());
        send(one, other, 5);
        send(other, one, 5);
        network.heal();
        assertThat(arrivedBefore(stopper())).isEmpty();
        send(other, one, 1);
        assertThat(number(one.next())).isZero();
        assertThat(one.received).isEmpty();
    }

    @Test
    void breaksASocketOnceAndFreesItsAddress() {
        IOException reason = new IOException("cable pulled");
        assertThat(network.breakSocket(other.address(), reason)).isTrue();
        assertThat(network.breakSocket(other.address(), reason)).isFalse();
        Waiting.until(vertx, () -> Future.succeededFuture(!other.broken.isEmpty()));
        assertThat(other.broken).containsExactly(reason);
        assertThat(Waiting.failure(other.send(new byte[] {1}, one.address()))).isInstanceOf(IOException.class);
        assertThat(open(other.address().toString()).address()).isEqualTo(other.address());
    }

    @Test
    void refusesProbabilitiesOutOfBounds() {
        assertThatThrownBy(() -> network.loss(1.1)).hasMessage("probability must be between 0 and 1, was 1.1");
        assertThatThrownBy(() -> network.duplication(-0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network.reordering(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    private Endpoint open(String address) {
        return Endpoint.open(vertx, network.transport(), GossipAddress.parse(address));
    }

    private static void send(Endpoint from, Endpoint to, int datagrams) {
        for (int i = 0; i < datagrams; i++) {
            Waiting.get(from.send(new byte[] {(byte) (i >>> 8), (byte) i}, to.address()));
        }
    }

    /** A last datagram, behind all that were sent before it. */
    private int stopper() {
        Waiting.get(one.send(new byte[] {-1, -1}, other.address()));
        return 0xffff;
    }

    private List<Integer> arrivedBefore(int stopper) {
        List<Integer> arrived = new ArrayList<>();
        for (int next = number(other.next()); next != stopper; next = number(other.next())) {
            arrived.add(next);
        }
        return arrived;
    }

    private static List<Integer> numbers(int count) {
        return java.util.stream.IntStream.range(0, count).boxed().toList();
    }

    private static int number(Datagram datagram) {
        return ((datagram.bytes()[0] & 0xff) << 8) | (datagram.bytes()[1] & 0xff);
    }
}
