/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way: how many have not confirmed it yet, and for whom it was given up. Each receiver does one of the two, and does it
 * once: the ledger that says so no longer has the message.
 */
final class OutgoingMessage {
    private final Frame.Data data;
    private final Set<PeerId> receivers;
    private final Promise<Delivery> outcome = Promise.promise();
    private int missing;
    private Map<PeerId, DeliveryException> failed = Map.of(); // a map of its own when there is the first

    /** A message with what its frames have in common. */
    OutgoingMessage(Frame.Data data, Set<PeerId> receivers) {
        this.data = data;
        this.receivers = receivers;
        this.missing = receivers.size();
    }

    long sequence() {
        return data.sequence();
    }

    /** How much room it takes. */
    int bytes() {
        return data.payload().length() + FrameCodec.MIN_DATA_BYTES;
    }

    int payloadBytes() {
        return data.payload().length();
    }

    boolean isBroadcast() {
        return data.isBroadcast();
    }

    /**
     * What is said to one, or to all.
     *
     * @param target whom it is for; null for all
     * @param previous what the receiver must have got before
     */
    Frame.Data frame(@Nullable PeerId target, long previous) {
        return new Frame.Data(
                data.source(),
                target,
                data.isBroadcast(),
                data.sequence(),
                previous,
                data.kind(),
                data.replyTo(),
                0,
                data.subscribersOnly(),
                data.payload());
    }

    /** Completes when nobody is missing any longer; never fails. */
    Future<Delivery> outcome() {
        return outcome.future();
    }

    int missing() {
        return missing;
    }

    void confirm() {
        missing--;
        settle();
    }

    void giveUp(PeerId peer, DeliveryException why) {
        if (failed.isEmpty()) {
            failed = new HashMap<>();
        }
        failed.put(peer, why);
        missing--;
        settle();
    }

    /** Completes the outcome if nobody is missing; to be called once by itself when a message is for nobody. */
    void settle() {
        if (missing == 0) {
            outcome.tryComplete(new Delivery(confirmed(), failed));
        }
    }

    private Set<PeerId> confirmed() {
        if (failed.isEmpty()) {
            return receivers;
        }
        Set<PeerId> confirmed = new HashSet<>(receivers);
        confirmed.removeAll(failed.keySet());
        return confirmed;
    }
}
