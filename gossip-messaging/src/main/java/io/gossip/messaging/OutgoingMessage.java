/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One message on its way: who has confirmed it, who has not yet, and for whom it was given up. */
final class OutgoingMessage {
    private final long sequence;
    private final Frame.Data data;
    private final Set<PeerId> missing;
    private final Set<PeerId> confirmed = new HashSet<>();
    private final Map<PeerId, DeliveryException> failed = new HashMap<>();
    private final Promise<Delivery> outcome = Promise.promise();

    /** A message with what its frames have in common. */
    OutgoingMessage(Frame.Data data, Set<PeerId> receivers) {
        this.sequence = data.sequence();
        this.data = data;
        this.missing = new HashSet<>(receivers);
    }

    long sequence() {
        return sequence;
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
     * A whole frame, with its length in front.
     *
     * @param target whom it is for; null for all
     * @param previous what the receiver must have got before
     */
    Buffer frame(@Nullable PeerId target, long previous) {
        return FrameCodec.encode(new Frame.Data(
                data.source(),
                target,
                data.isBroadcast(),
                sequence,
                previous,
                data.kind(),
                data.replyTo(),
                0,
                data.subscribersOnly(),
                data.payload()));
    }

    /** Completes when nobody is missing any longer; never fails. */
    Future<Delivery> outcome() {
        return outcome.future();
    }

    int missing() {
        return missing.size();
    }

    boolean isMissing(PeerId peer) {
        return missing.contains(peer);
    }

    void confirm(PeerId peer) {
        if (missing.remove(peer)) {
            confirmed.add(peer);
            settle();
        }
    }

    void giveUp(PeerId peer, DeliveryException why) {
        if (missing.remove(peer)) {
            failed.put(peer, why);
            settle();
        }
    }

    /** Completes the outcome if nobody is missing; to be called once by itself when a message is for nobody. */
    void settle() {
        if (missing.isEmpty()) {
            outcome.tryComplete(new Delivery(confirmed, failed));
        }
    }
}
