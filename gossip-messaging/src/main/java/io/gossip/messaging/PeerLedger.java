/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages that one peer has not confirmed yet, in order, within its own bounds: a slow peer takes room from nobody. */
final class PeerLedger {
    private static final int FIRST_WINDOW = 1_024;
    private static final int LEAST_WINDOW = 16;
    private static final int LARGEST_WINDOW = 1 << 16;

    private final PeerId peer;
    private final MessagingOptions options;
    private final TreeMap<Long, OutgoingMessage> unconfirmed = new TreeMap<>();
    private long bytes;
    private long lastConfirmed;
    private long lastSent;
    private int onTheirWay;
    private int window = FIRST_WINDOW;
    private int ticksWithoutProgress;
    private int maxPayloadBytes = Peer.NOT_SAID;

    PeerLedger(PeerId peer, MessagingOptions options) {
        this.peer = peer;
        this.options = options;
    }

    /** From now on no larger payload gets there. Gives up what is larger; returns how many messages that were. */
    int setMaxPayloadBytes(int value) {
        boolean isLess = value < maxPayloadBytes;
        maxPayloadBytes = value;
        if (!isLess) {
            return 0;
        }
        List<OutgoingMessage> tooLarge =
                unconfirmed.values().stream().filter(message -> !takes(message)).toList();
        for (OutgoingMessage message : tooLarge) {
            remove(message.sequence());
            message.giveUp(peer, tooLarge(message));
        }
        return tooLarge.size();
    }

    /** Whether a message is small enough to get there. */
    boolean takes(OutgoingMessage message) {
        return message.payloadBytes() <= maxPayloadBytes;
    }

    DeliveryException tooLarge(OutgoingMessage message) {
        return new DeliveryException(
                DeliveryException.Reason.TOO_LARGE,
                "the payload has " + message.payloadBytes() + " bytes, at most " + maxPayloadBytes + " get to " + peer
                        + " (maxPayloadBytes there or of a proxy)");
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
        bytes += message.bytes();
    }

    /** Gives up the oldest messages until one of that many bytes fits. Returns how many. */
    int makeRoomFor(int messageBytes) {
        int dropped = 0;
        while (!hasRoomFor(messageBytes)) {
            OutgoingMessage oldest = unconfirmed.firstEntry().getValue();
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
        boolean oldest = !unconfirmed.isEmpty() && unconfirmed.firstKey() == sequence;
        OutgoingMessage message = remove(sequence);
        if (message == null) {
            return false;
        }
        if (oldest) {
            ticksWithoutProgress = 0;
        }
        window = Math.min(LARGEST_WINDOW, window + 1);
        lastConfirmed = Math.max(lastConfirmed, sequence);
        message.confirm();
        return true;
    }

    /**
     * Counts time: whether the oldest message has waited for that many ticks since it was sent. Starts over when it says so.
     */
    boolean isStalled(int ticks) {
        if (unconfirmed.isEmpty() || lastSent < unconfirmed.firstKey() || ++ticksWithoutProgress < ticks) {
            return false;
        }
        ticksWithoutProgress = 0;
        return true;
    }

    PeerId peer() {
        return peer;
    }

    /** What is to be sent next; null if there is nothing, or enough is on its way. */
    @Nullable
    OutgoingMessage next() {
        if (onTheirWay >= window) {
            return null;
        }
        Map.Entry<Long, OutgoingMessage> next = unconfirmed.higherEntry(lastSent);
        return next == null ? null : next.getValue();
    }

    void sent(long sequence) {
        lastSent = sequence;
        onTheirWay++;
    }

    /** All is to be sent again from the oldest on. */
    void rewind() {
        lastSent = 0;
        onTheirWay = 0;
    }

    /** All is to be sent again, and less at a time: the peer, or the way there, did not take it all. */
    int slowDown() {
        int again = onTheirWay;
        window = Math.max(LEAST_WINDOW, window / 2);
        rewind();
        return again;
    }

    /** What the peer must have got before it takes a message; 0 if there is nothing to wait for. */
    long before(long sequence) {
        Long lower = unconfirmed.lowerKey(sequence);
        return lower != null ? lower : lastConfirmed < sequence ? lastConfirmed : 0;
    }

    boolean holds(OutgoingMessage message) {
        return unconfirmed.containsKey(message.sequence());
    }

    /** Gives everything up. */
    void giveUpAll(DeliveryException why) {
        List<OutgoingMessage> all = new ArrayList<>(unconfirmed.values());
        unconfirmed.clear();
        rewind();
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
            bytes -= message.bytes();
            if (sequence <= lastSent) {
                onTheirWay--;
            }
        }
        return message;
    }
}
