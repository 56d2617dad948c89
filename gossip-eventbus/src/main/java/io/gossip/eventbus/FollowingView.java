/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
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
    private final ViewHandlers handlers;
    private final Conditions conditions;
    private final List<ClusterPublication> waiting = new ArrayList<>();
    private @Nullable MessageConsumer<MembersPublication> members;
    private @Nullable MessageConsumer<KeysPublication> keys;
    private volatile @Nullable ClusterPicture current;
    private boolean inStep;
    private boolean overflowed;
    private boolean closed;

    private FollowingView(Vertx vertx, Context context, GossipAddresses addresses) {
        this.vertx = vertx;
        this.context = context;
        this.addresses = addresses;
        service = GossipService.create(vertx, addresses.prefix());
        handlers = new ViewHandlers(new ContainedCalls(context));
        conditions = new Conditions(vertx, this::current);
    }

    static Future<ClusterView> follow(Vertx vertx, GossipAddresses addresses) {
        Context context = vertx.getOrCreateContext();
        FollowingView view = new FollowingView(vertx, context, addresses);
        Promise<ClusterView> started = Promise.promise();
        context.runOnContext(nothing -> view.start().onComplete(started));
        return on(context, started.future());
    }

    // Of a future without a context, Vert.x drops what listeners throw.
    private static <T> Future<T> on(Context context, Future<T> future) {
        return Future.fromCompletionStage(future.toCompletionStage(), context);
    }

    private Future<ClusterView> start() {
        MessageConsumer<MembersPublication> membersConsumer =
                vertx.eventBus().localConsumer(addresses.members(), message -> receive(message.body()));
        MessageConsumer<KeysPublication> keysConsumer =
                vertx.eventBus().localConsumer(addresses.keys(), message -> receive(message.body()));
        members = membersConsumer;
        keys = keysConsumer;
        membersConsumer.endHandler(undeployed -> end());
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
    public Registration onPublication(Handler<? super ClusterPublication> handler) {
        return handlers.onPublication(handler);
    }

    @Override
    public Registration onReset(Handler<? super ClusterPicture> handler) {
        return handlers.onReset(handler);
    }

    @Override
    public Registration onMembers(Handler<? super MembersPublication> handler) {
        return handlers.onMembers(handler);
    }

    @Override
    public Registration onKeys(String prefix, Handler<? super KeyEvent> handler) {
        return handlers.onKeys(prefix, handler);
    }

    @Override
    public Registration onChange(Handler<? super ClusterPicture> handler) {
        return handlers.onChange(handler);
    }

    @Override
    public Future<ClusterPicture> await(Predicate<? super ClusterPicture> condition, Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
        Promise<ClusterPicture> met = Promise.promise();
        try {
            context.runOnContext(nothing -> conditions.await(condition, timeout, met));
        } catch (RejectedExecutionException closedWithVertx) {
            return Future.failedFuture(new IllegalStateException("Vert.x is closed", closedWithVertx));
        }
        return on(context, met.future());
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

    private void end() {
        closed = true;
        waiting.clear();
        conditions.close();
    }

    private Future<Void> stop() {
        end();
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
        ClusterPicture before = current();
        ClusterPicture next = before.after(publication);
        current = next;
        handlers.applied(before, publication, next);
        conditions.check(next);
    }

    private void resynchronize() {
        if (closed) {
            return; // while the timer ran
        }
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
        ClusterPicture before = current();
        current = picture;
        handlers.replaced(before, picture);
        conditions.check(picture);
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
}
