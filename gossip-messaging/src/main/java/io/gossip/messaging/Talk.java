/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.DeliveryException.Reason;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an application says: to one, to all, with replies. Its methods may be called from any thread. */
final class Talk {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final Vertx vertx;
    private final Context context;
    private final MessagingOptions options;
    private final Supplier<PeerDirectory> directory;
    private final Sender sender;
    private final PendingReplies replies;
    private boolean closing;

    Talk(
            Vertx vertx,
            Context context,
            MessagingOptions options,
            Supplier<PeerDirectory> directory,
            Sender sender,
            PendingReplies replies) {
        this.vertx = vertx;
        this.context = context;
        this.options = options;
        this.directory = directory;
        this.sender = sender;
        this.replies = replies;
    }

    /** Takes no more messages; on the event loop. */
    void close() {
        closing = true;
    }

    /** Takes no more messages, and waits a while for what is unconfirmed. Returns how much is left. */
    Future<Integer> farewell() {
        return onContext(() -> {
            closing = true;
            Promise<Void> enough = Promise.promise();
            long timer = vertx.setTimer(options.getCloseTimeout().toMillis(), late -> enough.tryComplete());
            sender.flushed().onComplete(done -> enough.tryComplete());
            return enough.future().map(nothing -> {
                vertx.cancelTimer(timer);
                return sender.unconfirmed().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
            });
        });
    }

    Future<Void> direct(String nodeId, Buffer payload) {
        Objects.requireNonNull(nodeId, "nodeId");
        Objects.requireNonNull(payload, "payload");
        return promised(sent -> {
            PeerId peer = talkative(nodeId);
            tell(post(peer, Set.of(peer), Frame.Kind.PLAIN, 0, payload), peer, sent);
        });
    }

    Future<Delivery> broadcast(Buffer payload) {
        Objects.requireNonNull(payload, "payload");
        return onContext(() -> post(null, directory.get().talking(), Frame.Kind.PLAIN, 0, payload)
                .outcome());
    }

    Future<Replies> askAll(Buffer payload, Duration timeout) {
        check(payload, timeout);
        return onContext(() -> {
            Set<PeerId> asked = directory.get().talking();
            return replies.await(post(null, asked, Frame.Kind.REQUEST, 0, payload), asked, timeout);
        });
    }

    Future<Buffer> request(String nodeId, Buffer payload, Duration timeout) {
        Objects.requireNonNull(nodeId, "nodeId");
        check(payload, timeout);
        return onContext(() -> {
            PeerId peer = talkative(nodeId);
            OutgoingMessage request = post(peer, Set.of(peer), Frame.Kind.REQUEST, 0, payload);
            return replies.await(request, Set.of(peer), timeout).compose(replies -> {
                Buffer reply = replies.received().get(peer);
                return reply != null
                        ? Future.succeededFuture(reply)
                        : Future.failedFuture(noReply(request, peer, timeout));
            });
        });
    }

    private DeliveryException noReply(OutgoingMessage request, PeerId peer, Duration timeout) {
        Delivery outcome = request.outcome().result();
        DeliveryException notDelivered =
                outcome == null ? null : outcome.failed().get(peer);
        return notDelivered != null
                ? notDelivered
                : new DeliveryException(
                        closing ? Reason.CLOSED : Reason.NO_REPLY,
                        peer + " did not reply within " + timeout.toMillis() + " ms");
    }

    /** Asks each live peer that the predicate holds for. */
    Future<Replies> ask(Predicate<PeerId> whom, Buffer payload, Duration timeout) {
        check(payload, timeout);
        return onContext(() -> {
            List<PeerId> asked = directory.get().talking().stream().filter(whom).toList();
            Map<PeerId, Buffer> received = new HashMap<>();
            List<Future<Replies>> each = asked.stream()
                    .map(peer -> replies.await(
                            post(peer, Set.of(peer), Frame.Kind.REQUEST, 0, payload), Set.of(peer), timeout))
                    .toList();
            each.forEach(one -> one.onSuccess(replies -> received.putAll(replies.received())));
            return Future.join(each).map(done -> {
                Set<PeerId> missing = new HashSet<>(asked);
                missing.removeAll(received.keySet());
                return new Replies(received, missing);
            });
        });
    }

    private OutgoingMessage post(
            @Nullable PeerId target, Set<PeerId> receivers, Frame.Kind kind, long replyTo, Buffer payload) {
        if (closing) {
            throw new DeliveryException(Reason.CLOSED, "the node is closed");
        }
        if (payload.length() > options.getMaxPayloadBytes()) {
            throw new DeliveryException(
                    Reason.TOO_LARGE,
                    "the payload has " + payload.length() + " bytes, at most " + options.getMaxPayloadBytes()
                            + " are allowed (maxPayloadBytes)");
        }
        return sender.send(target, receivers, kind, replyTo, payload);
    }

    private static void check(Buffer payload, Duration timeout) {
        Objects.requireNonNull(payload, "payload");
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be more than 0 and at most " + LONGEST_WAIT + ", was " + timeout);
        }
    }

    /** Answers a request of another member. */
    Future<Void> reply(Frame.Data request, Buffer payload) {
        Objects.requireNonNull(payload, "payload");
        return promised(sent -> {
            PeerId asker = request.source();
            if (!directory.get().isLive(asker)) {
                throw IncomingMessage.gone(asker);
            }
            tell(post(asker, Set.of(asker), Frame.Kind.REPLY, request.sequence(), payload), asker, sent);
        });
    }

    private static void tell(OutgoingMessage message, PeerId receiver, Promise<Void> sent) {
        message.outcome().onSuccess(delivery -> {
            DeliveryException failure = delivery.failed().get(receiver);
            if (failure == null) {
                sent.complete();
            } else {
                sent.fail(failure);
            }
        });
    }

    private PeerId talkative(String nodeId) {
        PeerId peer = directory.get().liveByNodeId(nodeId);
        if (peer == null || !directory.get().talking().contains(peer)) {
            throw new DeliveryException(Reason.NO_SUCH_PEER, "no live member '" + nodeId + "' takes messages");
        }
        return peer;
    }

    /** Does something on the event loop, from any thread. */
    <T> Future<T> onContext(Supplier<Future<T>> work) {
        return promised(promise -> work.get().onComplete(promise));
    }

    private <T> Future<T> promised(Consumer<Promise<T>> work) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(nothing -> {
            try {
                work.accept(promise);
            } catch (RuntimeException refused) {
                promise.tryFail(refused);
            }
        });
        return promise.future();
    }
}
