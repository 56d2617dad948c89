/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Requests that wait for replies. Confined to one event loop. */
final class PendingReplies {
    private final Vertx vertx;
    private final Map<Long, Pending> bySequence = new HashMap<>();

    private final class Pending {
        private final long sequence;
        private final Set<PeerId> missing;
        private final Set<PeerId> unreachable = new HashSet<>();
        private final Map<PeerId, Buffer> replies = new HashMap<>();
        private final Promise<Replies> outcome = Promise.promise();
        private final long timer;

        Pending(long sequence, Set<PeerId> asked, Duration timeout) {
            this.sequence = sequence;
            this.missing = new HashSet<>(asked);
            timer = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> finish());
        }

        void settle() {
            if (unreachable.containsAll(missing)) {
                vertx.cancelTimer(timer);
                finish();
            }
        }

        void finish() {
            bySequence.remove(sequence);
            outcome.tryComplete(new Replies(replies, missing));
        }
    }

    PendingReplies(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Waits for replies to a request.
     *
     * @param asked from whom; what became of the request itself ends the wait for those whom it did not reach
     * @return completes when all have replied or cannot any longer, and at the latest after the timeout; never fails
     */
    Future<Replies> await(OutgoingMessage request, Set<PeerId> asked, Duration timeout) {
        Pending pending = new Pending(request.sequence(), asked, timeout);
        bySequence.put(request.sequence(), pending);
        request.outcome().onSuccess(delivery -> {
            pending.unreachable.addAll(delivery.failed().keySet());
            pending.settle();
        });
        pending.settle();
        return pending.outcome.future();
    }

    void received(PeerId from, long replyTo, Buffer payload) {
        Pending pending = bySequence.get(replyTo);
        if (pending != null && pending.missing.remove(from)) {
            pending.replies.put(from, payload);
            pending.settle();
        }
    }

    void close() {
        Set.copyOf(bySequence.values()).forEach(pending -> {
            vertx.cancelTimer(pending.timer);
            pending.finish();
        });
    }
}
