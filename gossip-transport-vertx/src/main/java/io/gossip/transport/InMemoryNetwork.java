/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A network inside the JVM, for tests: members that share it reach one another at any made-up address, and it can lose,
 * delay, duplicate and reorder datagrams, cut links and break sockets. Without faults it delivers at once and in order.
 *
 * <p>Which datagrams suffer is drawn from the random generator in the order in which they are sent; with members on
 * several event loops that order is not repeatable, so tests rely on frequencies, not on single decisions.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class InMemoryNetwork {
    private static final int FIRST_FREE_PORT = 49_152;
    private static final int MAX_REORDER_MILLIS = 10;

    private record Link(GossipAddress from, GossipAddress to) {}

    private final RandomGenerator random;
    private final Map<GossipAddress, InMemorySocket> sockets = new HashMap<>();
    private final Set<Link> cuts = new HashSet<>();
    private double loss;
    private double duplication;
    private double reordering;
    private long leastDelayMillis;
    private long mostDelayMillis;

    /**
     * A network without faults.
     *
     * @param random decides which datagrams suffer; used under a lock
     */
    public InMemoryNetwork(RandomGenerator random) {
        this.random = random;
    }

    /** {@return a transport whose sockets share this network} */
    public Transport transport() {
        return this::open;
    }

    /**
     * Loses datagrams.
     *
     * @param probability of each datagram to be lost, 0 to 1
     * @return this
     */
    public synchronized InMemoryNetwork loss(double probability) {
        loss = probability(probability);
        return this;
    }

    /**
     * Delays datagrams, each by a time of its own, so that they overtake one another.
     *
     * @param least shortest delay
     * @param most longest delay
     * @return this
     */
    public synchronized InMemoryNetwork delay(Duration least, Duration most) {
        OptionRules.require(
                !least.isNegative() && least.compareTo(most) <= 0,
                "delay must be between 0 and the longest delay " + most + ", was " + least);
        leastDelayMillis = least.toMillis();
        mostDelayMillis = most.toMillis();
        return this;
    }

    /**
     * Delivers datagrams twice.
     *
     * @param probability of each datagram to be doubled, 0 to 1
     * @return this
     */
    public synchronized InMemoryNetwork duplication(double probability) {
        duplication = probability(probability);
        return this;
    }

    /**
     * Holds datagrams back for some milliseconds, so that later ones overtake them.
     *
     * @param probability of each datagram to be held back, 0 to 1
     * @return this
     */
    public synchronized InMemoryNetwork reordering(double probability) {
        reordering = probability(probability);
        return this;
    }

    /**
     * Cuts the link between two addresses in both directions.
     *
     * @param one one end
     * @param other the other end
     * @return this
     */
    public InMemoryNetwork cut(GossipAddress one, GossipAddress other) {
        return cutOneWay(one, other).cutOneWay(other, one);
    }

    /**
     * Cuts one direction of a link.
     *
     * @param from where datagrams come from
     * @param to where they no longer arrive
     * @return this
     */
    public synchronized InMemoryNetwork cutOneWay(GossipAddress from, GossipAddress to) {
        cuts.add(new Link(from, to));
        return this;
    }

    /**
     * Mends all links and ends all faults.
     *
     * @return this
     */
    public synchronized InMemoryNetwork heal() {
        cuts.clear();
        loss = 0;
        duplication = 0;
        reordering = 0;
        leastDelayMillis = 0;
        mostDelayMillis = 0;
        return this;
    }

    /**
     * Breaks the socket that listens on an address, as an operating system might: it neither sends nor receives any
     * more, its address is free, and its broken handler is called.
     *
     * @param address where it listens
     * @param reason what the broken handler gets
     * @return whether there was one
     */
    public boolean breakSocket(GossipAddress address, Throwable reason) {
        InMemorySocket broken;
        synchronized (this) {
            broken = sockets.remove(address);
        }
        if (broken != null) {
            broken.breakDown(reason);
        }
        return broken != null;
    }

    private Future<GossipSocket> open(Vertx vertx, GossipAddress listenAddress) {
        Context context = vertx.getOrCreateContext();
        synchronized (this) {
            GossipAddress address = listenAddress.port() == 0 ? withFreePort(listenAddress) : listenAddress;
            if (address == null || address.isWildcard() || sockets.containsKey(address)) {
                return Future.failedFuture(new BindException("cannot listen on " + listenAddress
                        + ": address already in use, or a wildcard, which this network does not know"));
            }
            InMemorySocket socket = new InMemorySocket(this, vertx, context, address);
            sockets.put(address, socket);
            return Future.succeededFuture(socket);
        }
    }

    synchronized void forget(InMemorySocket socket) {
        sockets.remove(socket.localAddress(), socket);
    }

    synchronized void carry(byte[] datagram, GossipAddress source, GossipAddress target) {
        InMemorySocket receiver = sockets.get(target);
        if (receiver == null || cuts.contains(new Link(source, target)) || chance(loss)) {
            return;
        }
        receiver.arrive(new Datagram(datagram, source), delayMillis());
        if (chance(duplication)) {
            receiver.arrive(new Datagram(datagram.clone(), source), delayMillis());
        }
    }

    private long delayMillis() {
        long delay = leastDelayMillis == mostDelayMillis
                ? leastDelayMillis
                : random.nextLong(leastDelayMillis, mostDelayMillis + 1);
        return chance(reordering) ? delay + 1 + random.nextInt(MAX_REORDER_MILLIS) : delay;
    }

    private boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private @Nullable GossipAddress withFreePort(GossipAddress address) {
        for (int port = FIRST_FREE_PORT; port <= 0xffff; port++) {
            GossipAddress candidate = GossipAddress.of(address.ip(), port);
            if (!sockets.containsKey(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static double probability(double value) {
        OptionRules.require(value >= 0 && value <= 1, "probability must be between 0 and 1, was " + value);
        return value;
    }
}
