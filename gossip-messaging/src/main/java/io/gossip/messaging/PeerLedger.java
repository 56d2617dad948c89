/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages that one peer has not confirmed yet, in order, within its own bounds: a slow peer takes room from nobody. */
final class PeerLedger {
    private final PeerId peer;
    private final MessagingOptions options;
    private final Map<Long, OutgoingMessage> unconfirmed = new LinkedHashMap<>();
    private long bytes;
    private int ticksWithoutProgress;

    PeerLedger(PeerId peer, MessagingOptions options) {
        this.peer = peer;
        this.options = options;
    }

    /** Whether a message of that many bytes fits; one message always fits an empty ledger. */
    boolean hasRoomFor(int messageBytes) {
        return unconfirmed.isEmpty()
                || (unconfirmed.size() < options.getMaxUnconfirmedMessages()
                        && bytes + messageBytes <= options.getMaxUnconfirmedBytes());
    }

    void add(OutgoingMessage message) {
        if (unconfirmed.isEmpty()) {
            ticksWithoutProgress = 0;
        }
        unconfirmed.put(message.sequence(), message);
        bytes += message.bytes().length();
    }

    /** Gives up the oldest messages until one of that many bytes fits. Returns how many. */
    int makeRoomFor(int messageBytes) {
        int dropped = 0;
        while (!hasRoomFor(messageBytes)) {
            OutgoingMessage oldest = unconfirmed.values().iterator().next();
            remove(oldest.sequence());
            oldest.giveUp(
                    peer,
                    new DeliveryException(
                            DeliveryException.Reason.DROPPED,
                            "a newer message took its place in the full queue to " + peer));
            dropped++;
        }
        return dropped;
    }

    /** The peer confirmed a message. Returns whether it was waited for. */
    boolean confirm(long sequence) {
        OutgoingMessage message = remove(sequence);
        if (message == null) {
            return false;
        }
        ticksWithoutProgress = 0;
        message.confirm(peer);
        return true;
    }

    /**
     * Counts time: whether the peer has confirmed nothing for that many ticks although something waits for it. Starts over
     * when it says so.
     */
    boolean isStalled(int ticks) {
        if (unconfirmed.isEmpty() || ++ticksWithoutProgress < ticks) {
            return false;
        }
        ticksWithoutProgress = 0;
        return true;
    }

    /** Gives everything up. */
    void giveUpAll(DeliveryException why) {
        List<OutgoingMessage> all = new ArrayList<>(unconfirmed.values());
        unconfirmed.clear();
        bytes = 0;
        all.forEach(message -> message.giveUp(peer, why));
    }

    /** In order of their sequences; a live view. */
    Collection<OutgoingMessage> messages() {
        return Collections.unmodifiableCollection(unconfirmed.values());
    }

    int size() {
        return unconfirmed.size();
    }

    long bytes() {
        return bytes;
    }

    private @Nullable OutgoingMessage remove(long sequence) {
        OutgoingMessage message = unconfirmed.remove(sequence);
        if (message != null) {
            bytes -= message.bytes().length();
        }
        return message;
    }
}
