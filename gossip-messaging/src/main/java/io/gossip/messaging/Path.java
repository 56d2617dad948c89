/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way to one or more peers. It keeps no message: the ledgers of its peers do, and how far each was sent.
 *
 * <p>Confined to one event loop.
 */
final class Path {
    private final Link link;
    private final Function<PeerId, @Nullable PeerLedger> ledgers;
    private final BiPredicate<OutgoingMessage, Long> mayGoToAll;
    private final Set<PeerId> busy = new LinkedHashSet<>(); // those that something may have to be sent to
    private Set<PeerId> peers = Set.of();

    /**
     * A way to nobody yet.
     *
     * @param mayGoToAll whether a message with that predecessor may be told to everybody with one frame
     */
    Path(Link link, Function<PeerId, @Nullable PeerLedger> ledgers, BiPredicate<OutgoingMessage, Long> mayGoToAll) {
        this.link = link;
        this.ledgers = ledgers;
        this.mayGoToAll = mayGoToAll;
    }

    Link link() {
        return link;
    }

    /** Other peers are reached this way from now on; to those that are new here everything unconfirmed is sent. */
    void setPeers(Set<PeerId> newPeers) {
        Set<PeerId> added = new LinkedHashSet<>(newPeers);
        added.removeAll(peers);
        peers = Set.copyOf(newPeers);
        busy.retainAll(peers);
        added.forEach(this::rewind);
        drain();
    }

    /** There is more for some peers. */
    void proceed(Collection<PeerId> some) {
        busy.addAll(some);
        link.want();
        drain();
    }

    /** Sends everything again that one of the peers has not confirmed. */
    void startOver() {
        peers.forEach(this::rewind);
        drain();
    }

    /** Sends everything again that a peer has not confirmed. */
    void startOver(PeerId peer) {
        rewind(peer);
        drain();
    }

    private void rewind(PeerId peer) {
        PeerLedger ledger = ledgers.apply(peer);
        if (ledger != null) {
            ledger.rewind();
            if (ledger.size() > 0) {
                busy.add(peer);
                link.want();
            }
        }
    }

    /** Sends as much as the link takes, oldest first. */
    void drain() {
        while (link.canSend() && !busy.isEmpty()) {
            TreeMap<Long, List<PeerLedger>> next = new TreeMap<>();
            for (PeerId peer : List.copyOf(busy)) {
                PeerLedger ledger = ledgers.apply(peer);
                OutgoingMessage message = ledger == null ? null : ledger.next();
                if (ledger == null || message == null) {
                    busy.remove(peer);
                } else {
                    next.computeIfAbsent(message.sequence(), none -> new ArrayList<>())
                            .add(ledger);
                }
            }
            if (!next.isEmpty()) {
                send(next.firstEntry().getValue());
            }
        }
    }

    private void send(List<PeerLedger> to) {
        OutgoingMessage message = to.get(0).next();
        if (message == null) {
            return;
        }
        long previous = to.get(0).before(message.sequence());
        if (to.size() > 1 && mayGoToAll.test(message, previous)) {
            link.send(message.frame(null, previous));
        } else {
            to.forEach(ledger -> link.send(message.frame(ledger.peer(), ledger.before(message.sequence()))));
        }
        to.forEach(ledger -> ledger.sent(message.sequence()));
    }

    boolean hasWork() {
        return peers.stream().map(ledgers).anyMatch(ledger -> ledger != null && ledger.size() > 0);
    }
}
