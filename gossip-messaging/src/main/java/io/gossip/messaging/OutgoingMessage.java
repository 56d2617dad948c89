/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

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
final class OutgoingMessage implements Comparable<OutgoingMessage> {
    private final long sequence;
    private final Buffer bytes;
    private final Set<PeerId> missing;
    private final Set<PeerId> confirmed = new HashSet<>();
    private final Map<PeerId, DeliveryException> failed = new HashMap<>();
    private final Promise<Delivery> outcome = Promise.promise();

    OutgoingMessage(long sequence, Buffer bytes, Set<PeerId> receivers) {
        this.sequence = sequence;
        this.bytes = bytes;
        this.missing = new HashSet<>(receivers);
    }

    long sequence() {
        return sequence;
    }

    /** The whole frame, with its length in front. */
    Buffer bytes() {
        return bytes;
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

    boolean isMissingAnyOf(Set<PeerId> peers) {
        Set<PeerId> fewer = missing.size() < peers.size() ? missing : peers;
        Set<PeerId> more = fewer == missing ? peers : missing;
        for (PeerId peer : fewer) {
            if (more.contains(peer)) {
                return true;
            }
        }
        return false;
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

    @Override
    public int compareTo(OutgoingMessage other) {
        return Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence);
    }
}
