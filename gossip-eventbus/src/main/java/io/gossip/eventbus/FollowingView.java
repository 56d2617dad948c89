/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the publications on one context.
 *
 * <p>The view is either in step, then the next publication must be one above the picture, or it waits for a snapshot. Whatever
 * arrived before the snapshot was asked for is in it, because the node had published it before; so at the moment of
 * asking everything received is forgotten, and only what arrives while waiting is kept. Of that, the part above the
 * snapshot must follow it without a gap, or the view asks again.
 *
 * <p><b>Threads:</b> confined to its context; what is called from elsewhere is volatile or moves there.
 */
final class FollowingView implements ClusterView {
    // More than this while waiting for one snapshot means that applying it would cost more than asking again.
    private static final int MAX_WAITING = 10_000;
    private static final long RETRY_MILLIS = 1_000;

    private final Vertx vertx;
    private final Context context;
    private final GossipService service;
    private final GossipAddresses addresses;
    private final List<ClusterPublication> waiting = new ArrayList<>();
    private @Nullable MessageConsumer<MembersPublication> members;
    private @Nullable MessageConsumer<KeysPublication> keys;
    private volatile @Nullable ClusterPicture current;
    private boolean inStep;
    private boolean overflowed;
    private boolean closed;
    private volatile @Nullable Handler<ClusterPicture> changeHandler;
    private volatile @Nullable Handler<ClusterPicture> resetHandler;
    private volatile @Nullable Handler<ClusterPublication> publicationHandler;

    private FollowingView(Vertx vertx, Context context, GossipAddresses addresses) {
        this.vertx = vertx;
        this.context = context;
        this.addresses = addresses;
        service = GossipService.create(vertx, addresses.prefix());
    }

    static Future<ClusterView> follow(Vertx vertx, GossipAddresses addresses) {
        Context context = vertx.getOrCreateContext();
        FollowingView view = new FollowingView(vertx, context, addresses);
        Promise<ClusterView> started = Promise.promise();
        context.runOnContext(nothing -> view.start().onComplete(started));
        return started.future();
    }

    private Future<ClusterView> start() {
        MessageConsumer<MembersPublication> membersConsumer =
                vertx.eventBus().localConsumer(addresses.members(), message -> receive(message.body()));
        MessageConsumer<KeysPublication> keysConsumer =
                vertx.eventBus().localConsumer(addresses.keys(), message -> receive(message.body()));
        members = membersConsumer;
        keys = keysConsumer;
        return Future.all(membersConsumer.completion(), keysConsumer.completion())
                .compose(registered -> service.snapshot())
                .map(this::started)
                .recover(failure -> stop().transform(done -> Future.failedFuture(failure)));
    }

    private ClusterView started(ClusterPicture first) {
        adopt(first);
        return this;
    }

    @Override
    public ClusterPicture current() {
        ClusterPicture picture = current;
        if (picture == null) {
            throw new IllegalStateException("the view has no picture yet");
        }
        return picture;
    }

    @Override
    public ClusterView onChange(@Nullable Handler<ClusterPicture> handler) {
        changeHandler = handler;
        return this;
    }

    @Override
    public ClusterView onPublication(@Nullable Handler<ClusterPublication> handler) {
        publicationHandler = handler;
        return this;
    }

    @Override
    public ClusterView onReset(@Nullable Handler<ClusterPicture> handler) {
        resetHandler = handler;
        return this;
    }

    @Override
    public Future<Void> close() {
        Promise<Void> done = Promise.promise();
        try {
            context.runOnContext(nothing -> stop().onComplete(done));
        } catch (RejectedExecutionException closedWithVertx) {
            return Future.succeededFuture(); // nothing is registered and nothing runs any longer
        }
        return done.future();
    }

    private Future<Void> stop() {
        closed = true;
        waiting.clear();
        MessageConsumer<MembersPublication> first = members;
        MessageConsumer<KeysPublication> second = keys;
        members = null;
        keys = null;
        return first == null || second == null
                ? Future.succeededFuture()
                : Future.join(first.unregister(), second.unregister()).mapEmpty();
    }

    private void receive(ClusterPublication publication) {
        if (closed) {
            return;
        }
        if (!inStep) {
            keepForLater(publication);
        } else if (publication.sequence() == current().sequence() + 1) {
            apply(publication);
        } else {
            resynchronize();
        }
    }

    private void keepForLater(ClusterPublication publication) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(publication);
        } else {
            overflowed = true;
        }
    }

    private void apply(ClusterPublication publication) {
        ClusterPicture next = current().after(publication);
        current = next;
        call(publicationHandler, publication);
        call(changeHandler, next);
    }

    private void resynchronize() {
        inStep = false;
        overflowed = false;
        waiting.clear();
        service.snapshot().onComplete(this::replace, failure -> askAgainLater());
    }

    private void askAgainLater() {
        if (!closed) {
            vertx.setTimer(RETRY_MILLIS, timer -> resynchronize());
        }
    }

    private void replace(ClusterPicture picture) {
        if (closed) {
            return;
        }
        current = picture;
        call(resetHandler, picture);
        call(changeHandler, picture);
        adopt(picture);
    }

    private void adopt(ClusterPicture picture) {
        current = picture;
        inStep = true;
        List<ClusterPublication> later = List.copyOf(waiting);
        waiting.clear();
        boolean incomplete = overflowed;
        for (ClusterPublication publication : later) {
            if (inStep && publication.sequence() > picture.sequence()) {
                receive(publication);
            }
        }
        if (incomplete && inStep) {
            resynchronize();
        }
    }

    // A handler that throws must not keep the next one from its call, nor the view from going on.
    private <T> void call(@Nullable Handler<T> handler, T value) {
        if (handler == null) {
            return;
        }
        try {
            handler.handle(value);
        } catch (RuntimeException failure) {
            context.runOnContext(nothing -> {
                throw failure;
            });
        }
    }
}
