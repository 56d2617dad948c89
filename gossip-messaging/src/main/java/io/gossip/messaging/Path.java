/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to one or more peers. It keeps no message: the ledgers of its peers do, and how far each was sent.
 *
 * <p>Confined to one event loop.
 */
final class Path {
    private final Link link;
    private final Owner owner;
    private final Set<PeerId> busy = new LinkedHashSet<>(); // those that something may have to be sent to
    private final List<PeerLedger> candidates = new ArrayList<>(); // of next() alone
    private Set<PeerId> peers = Set.of();

    /** Who knows what is to be sent. */
    interface Owner {
        /** What a peer has not confirmed; null if there never was anything. */
        @Nullable
        PeerLedger ledger(PeerId peer);

        /** Whether a message with that predecessor may be told to everybody with one frame. */
        boolean mayGoToAll(OutgoingMessage message, long previous);

        /** That one frame. */
        Buffer frameForAll(OutgoingMessage message, long previous);
    }

    /** A way to nobody yet. */
    Path(Link link, Owner owner) {
        this.link = link;
        this.owner = owner;
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

    /** There is more for a peer, to be sent when told to {@link #proceed}. */
    void add(PeerId peer) {
        busy.add(peer);
    }

    /** Sends what is to be sent. */
    void proceed() {
        if (!busy.isEmpty()) {
            link.want();
            drain();
        }
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
        PeerLedger ledger = owner.ledger(peer);
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
            List<PeerLedger> next = next();
            if (!next.isEmpty()) {
                send(next);
            }
        }
    }

    /** Who is to get the oldest of all messages that are to be sent; who is to get nothing is no longer busy. */
    private List<PeerLedger> next() {
        List<PeerLedger> next = candidates;
        next.clear();
        long oldest = Long.MAX_VALUE;
        for (Iterator<PeerId> some = busy.iterator(); some.hasNext(); ) {
            PeerLedger ledger = owner.ledger(some.next());
            OutgoingMessage message = ledger == null ? null : ledger.next();
            if (ledger == null || message == null) {
                some.remove();
            } else if (message.sequence() <= oldest) {
                if (message.sequence() < oldest) {
                    oldest = message.sequence();
                    next.clear();
                }
                next.add(ledger);
            }
        }
        return next;
    }

    private void send(List<PeerLedger> to) {
        OutgoingMessage message = to.get(0).next();
        if (message == null) {
            return;
        }
        long previous = to.get(0).before(message.sequence());
        if (to.size() > 1 && owner.mayGoToAll(message, previous)) {
            link.send(owner.frameForAll(message, previous));
        } else {
            to.forEach(ledger -> send(message, ledger));
        }
        to.forEach(ledger -> ledger.sent(message.sequence()));
    }

    // Who hears of a broadcast itself need not be named, so that all of them may share a frame.
    private void send(OutgoingMessage message, PeerLedger ledger) {
        long previous = ledger.before(message.sequence());
        if (message.isBroadcast() && link.leadsTo(ledger.peer())) {
            link.send(owner.frameForAll(message, previous));
        } else {
            link.send(message.frame(ledger.peer(), previous));
        }
    }

    boolean hasWork() {
        return peers.stream().anyMatch(peer -> {
            PeerLedger ledger = owner.ledger(peer);
            return ledger != null && ledger.size() > 0;
        });
    }
}
