/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One way to one or more peers: a link, and what is to be sent over it next. What was sent stays in the ledgers of the peers
 * until they confirm it; after a reconnection everything unconfirmed goes out again, in order.
 */
final class Path {
    private final Link link;
    private final Function<PeerId, @Nullable PeerLedger> ledgers;
    private Set<PeerId> peers = Set.of();
    private final Deque<OutgoingMessage> toSend = new ArrayDeque<>();

    Path(Link link, Function<PeerId, @Nullable PeerLedger> ledgers) {
        this.link = link;
        this.ledgers = ledgers;
    }

    Link link() {
        return link;
    }

    Set<PeerId> peers() {
        return peers;
    }

    /** Other peers are reached this way from now on. */
    void setPeers(Set<PeerId> newPeers) {
        if (!newPeers.equals(peers)) {
            peers = Set.copyOf(newPeers);
            startOver();
        }
    }

    void send(OutgoingMessage message) {
        dropSettled();
        toSend.add(message);
        link.want();
        drain();
    }

    /** Sends everything again that one of the peers has not confirmed. Returns how many messages that are. */
    int startOver() {
        toSend.clear();
        toSend.addAll(unconfirmed(peers));
        if (!toSend.isEmpty()) {
            link.want();
        }
        int count = toSend.size();
        drain();
        return count;
    }

    /** Sends as much as the link takes. */
    void drain() {
        while (link.canSend()) {
            OutgoingMessage next = toSend.poll();
            if (next == null) {
                return;
            }
            if (next.isMissingAnyOf(peers)) {
                link.send(next.bytes());
            }
        }
    }

    boolean hasWork() {
        return peers.stream().map(ledgers).anyMatch(ledger -> ledger != null && ledger.size() > 0);
    }

    /** How many messages wait for the link. */
    int depth() {
        return toSend.size();
    }

    private Collection<OutgoingMessage> unconfirmed(Set<PeerId> receivers) {
        Set<OutgoingMessage> inOrder = new TreeSet<>();
        for (PeerId receiver : receivers) {
            PeerLedger ledger = ledgers.apply(receiver);
            if (ledger != null) {
                inOrder.addAll(ledger.messages());
            }
        }
        return inOrder;
    }

    // Messages given up for a full queue are the oldest: they must not pile up in front of a link that takes nothing.
    private void dropSettled() {
        while (!toSend.isEmpty() && !toSend.peek().isMissingAnyOf(peers)) {
            toSend.poll();
        }
    }
}
