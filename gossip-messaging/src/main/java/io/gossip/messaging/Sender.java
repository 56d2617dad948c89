/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.DeliveryException.Reason;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing half of a member: numbers messages, keeps them until they are confirmed, and sends them along the paths that
 * lead to their receivers.
 *
 * <p>Confined to one event loop.
 */
final class Sender implements Path.Owner {
    /** Ticks of the resend timer without any confirmation after which messages go through a proxy once more. */
    static final int RESEND_TICKS = 2;

    private final PeerId self;
    private final MessagingOptions options;
    private final Counters counters;
    private final Supplier<PeerDirectory> directory;
    private final Function<HostPort, Link> links;
    private final Map<PeerId, PeerLedger> ledgers = new HashMap<>();
    private final Map<HostPort, Path> paths = new LinkedHashMap<>();
    private final Map<PeerId, Path> pathOf = new HashMap<>();
    private Set<HostPort> standing = Set.of();
    private long lastSequence;
    private @Nullable FrameForAll lastForAll;

    /** Most receivers of a broadcast get the same frame, one right after the other. */
    private record FrameForAll(long sequence, long previous, Buffer bytes) {}

    Sender(
            PeerId self,
            MessagingOptions options,
            Counters counters,
            Supplier<PeerDirectory> directory,
            Function<HostPort, Link> links) {
        this.directory = directory;
        this.self = self;
        this.options = options;
        this.counters = counters;
        this.links = links;
    }

    /**
     * Sends a message.
     *
     * @param target whom it is for; null for all receivers
     * @param receivers who must confirm it; an immutable set
     * @return the message; its outcome completes when nobody is waited for any longer
     */
    OutgoingMessage send(
            @Nullable PeerId target, Set<PeerId> receivers, Frame.Kind kind, long replyTo, Buffer payload) {
        boolean subscribersOnly = target == null && options.getProxies().isEmpty() && options.getSubscribe() == null;
        long sequence = ++lastSequence;
        boolean broadcast = target == null;
        Frame.Data data =
                new Frame.Data(self, target, broadcast, sequence, 0, kind, replyTo, 0, subscribersOnly, payload);
        OutgoingMessage message = new OutgoingMessage(data, receivers);
        for (PeerId receiver : receivers) {
            Path path = enter(message, receiver) ? pathOf.get(receiver) : null;
            if (path != null) {
                path.add(receiver);
            }
        }
        report(message);
        message.settle();
        proceed(receivers);
        return message;
    }

    private void proceed(Set<PeerId> receivers) {
        if (receivers.size() > 1) {
            List.copyOf(paths.values()).forEach(Path::proceed);
            return;
        }
        for (PeerId receiver : receivers) {
            Path path = pathOf.get(receiver);
            if (path != null) {
                path.proceed();
            }
        }
    }

    private void report(OutgoingMessage message) {
        if (counters.channels != ChannelMetrics.NONE && message.missing() > 0) {
            String channel = message.isBroadcast() ? ChannelMetrics.BROADCAST : ChannelMetrics.DIRECT;
            counters.channels.report(channel, 1);
            message.outcome().onComplete(done -> counters.channels.report(channel, -1));
        }
    }

    private boolean enter(OutgoingMessage message, PeerId receiver) {
        PeerLedger ledger = ledgers.computeIfAbsent(receiver, this::newLedger);
        int bytes = message.bytes();
        if (!ledger.takes(message)) {
            counters.refused.increment();
            message.giveUp(receiver, ledger.tooLarge(message));
            return false;
        }
        if (options.getFullQueuePolicy() == FullQueuePolicy.DROP_OLDEST) {
            counters.givenUp.add(ledger.makeRoomFor(bytes));
        } else if (!ledger.hasRoomFor(bytes)) {
            counters.refused.increment();
            message.giveUp(
                    receiver,
                    new DeliveryException(
                            Reason.QUEUE_FULL,
                            ledger.size() + " messages to " + receiver + " are unconfirmed, no more are taken"));
            return false;
        }
        ledger.add(message);
        counters.dataSent.increment();
        return true;
    }

    private PeerLedger newLedger(PeerId peer) {
        PeerLedger ledger = new PeerLedger(peer, options);
        ledger.setMaxPayloadBytes(maxPayloadBytes(peer));
        return ledger;
    }

    private int maxPayloadBytes(PeerId peer) {
        PeerDirectory now = directory.get();
        int most = now.maxPayloadBytes(peer);
        return goesDirectly(peer) ? most : Math.min(most, now.maxPayloadBytesOfProxies());
    }

    private boolean goesDirectly(PeerId peer) {
        Path path = pathOf.get(peer);
        return path != null && !standing.contains(path.link().address());
    }

    /** A peer confirmed messages. */
    void confirmed(PeerId receiver, long[] sequences) {
        PeerLedger ledger = ledgers.get(receiver);
        if (ledger == null) {
            return;
        }
        int confirmed = 0;
        for (long sequence : sequences) {
            if (ledger.confirm(sequence)) {
                confirmed++;
            }
        }
        counters.acksReceived.add(confirmed);
        Path path = pathOf.get(receiver);
        if (path != null && sequences.length == 0) {
            sendAgain(path, ledger);
        } else if (path != null && ledger.next() != null) {
            path.add(receiver);
            path.proceed();
        }
    }

    private void sendAgain(Path path, PeerLedger ledger) {
        counters.resent.add(ledger.slowDown());
        path.startOver(ledger.peer());
    }

    // One frame reaches everybody behind all proxies. That must not make anybody believe that it missed nothing.
    @Override
    public boolean mayGoToAll(OutgoingMessage message, long previous) {
        if (!message.isBroadcast()) {
            return false;
        }
        for (PeerLedger ledger : ledgers.values()) {
            boolean same = ledger.holds(message)
                    ? ledger.before(message.sequence()) == previous
                    : ledger.size() == 0 && ledger.takes(message);
            if (!same && !goesDirectly(ledger.peer())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Buffer frameForAll(OutgoingMessage message, long previous) {
        FrameForAll last = lastForAll;
        if (last == null || last.sequence != message.sequence() || last.previous != previous) {
            last = new FrameForAll(message.sequence(), previous, FrameCodec.encode(message.frame(null, previous)));
            lastForAll = last;
        }
        return last.bytes;
    }

    @Override
    public @Nullable PeerLedger ledger(PeerId peer) {
        return ledgers.get(peer);
    }

    /** The cluster or the reach of a proxy changed. */
    void follow(Routes routes) {
        standing = routes.standing();
        pathOf.clear();
        routes.ways().forEach((address, peers) -> {
            Path path = path(address);
            peers.forEach(peer -> pathOf.put(peer, path));
        });
        ledgers.forEach((peer, ledger) -> counters.givenUp.add(ledger.setMaxPayloadBytes(maxPayloadBytes(peer))));
        routes.ways().forEach((address, peers) -> path(address).setPeers(peers));
        standing.forEach(address -> path(address).link().want());
        for (Path path : List.copyOf(paths.values())) {
            HostPort address = path.link().address();
            if (!routes.ways().containsKey(address)) {
                path.setPeers(Set.of());
                if (!standing.contains(address)) {
                    paths.remove(address);
                    path.link().close("no longer needed");
                }
            }
        }
    }

    private Path path(HostPort address) {
        return paths.computeIfAbsent(address, to -> new Path(links.apply(to), this));
    }

    /** The link to an address may be used: everything unconfirmed goes out again. */
    void opened(Link link) {
        Path path = paths.get(link.address());
        if (path != null) {
            path.startOver();
        }
    }

    void writable(Link link) {
        Path path = paths.get(link.address());
        if (path != null) {
            path.drain();
        }
    }

    /** A link failed: a direct one is tried again only if there is something to send. */
    void failed(Link link) {
        Path path = paths.get(link.address());
        if (path != null && !standing.contains(link.address()) && !path.hasWork()) {
            link.rest();
        }
    }

    /** To be called twice in each resend delay: what goes through a proxy may have been lost behind it. */
    void resendStalled() {
        for (PeerId peer : List.copyOf(ledgers.keySet())) {
            PeerLedger ledger = ledgers.get(peer);
            Path path = pathOf.get(peer);
            if (ledger != null
                    && path != null
                    && standing.contains(path.link().address())
                    && path.link().isOpen()
                    && ledger.isStalled(RESEND_TICKS)) {
                sendAgain(path, ledger);
            }
        }
    }

    /** Nobody waits any longer for a peer. */
    void giveUp(PeerId peer, Reason reason, String why) {
        PeerLedger ledger = ledgers.remove(peer);
        if (ledger != null) {
            counters.givenUp.add(ledger.size());
            ledger.giveUpAll(new DeliveryException(reason, why));
        }
    }

    /** Everybody something was ever sent to and not given up since. */
    List<PeerId> receivers() {
        return new ArrayList<>(ledgers.keySet());
    }

    /** How many messages each peer has still to confirm; peers with none are left out. */
    Map<PeerId, Integer> unconfirmed() {
        Map<PeerId, Integer> depths = new HashMap<>();
        ledgers.forEach((peer, ledger) -> {
            if (ledger.size() > 0) {
                depths.put(peer, ledger.size());
            }
        });
        return depths;
    }

    /** Completes when everything that is unconfirmed now is confirmed or given up. */
    Future<Void> flushed() {
        List<Future<Delivery>> open = new ArrayList<>();
        ledgers.values().forEach(ledger -> ledger.messages().forEach(message -> open.add(message.outcome())));
        return open.isEmpty() ? Future.succeededFuture() : Future.join(open).mapEmpty();
    }

    /** Connects anew everywhere, to say something else at the beginning. */
    void reconnect(String reason) {
        paths.values().forEach(path -> path.link().drop(reason));
    }

    /** Closes the connections with everybody who would not be accepted again. */
    void reconsider() {
        paths.values().forEach(path -> path.link().reconsider());
    }

    void close(String reason) {
        receivers().forEach(peer -> giveUp(peer, Reason.CLOSED, "the node was closed before " + peer + " confirmed"));
        paths.values().forEach(path -> path.link().close(reason));
        paths.clear();
        pathOf.clear();
    }
}
