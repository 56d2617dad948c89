/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.vertx.core.Closeable;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextBuilder;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The event-loop context on which one node lives. Only this class and {@link UdpSocket} touch {@code
 * io.vertx.core.internal}, which is no stable API.
 *
 * <p>Why a context of its own: {@code Vertx.close()} closes every socket made on its contexts before anyone can say
 * goodbye. A context with its own {@link CloseFuture} keeps its socket until the node, told by a hook of the caller's
 * context, has left.
 */
final class NodeContext implements Timers {
    private final VertxInternal vertx;
    private final ContextInternal context;
    private final CloseFuture parent;
    private @Nullable Closeable hook;

    private NodeContext(VertxInternal vertx, ContextInternal context, CloseFuture parent) {
        this.vertx = vertx;
        this.context = context;
        this.parent = parent;
    }

    /** On the caller's event loop if the caller runs on one, else on the next one. */
    static NodeContext create(Vertx vertx) {
        VertxInternal owner = (VertxInternal) vertx;
        ContextInternal caller = ContextInternal.current();
        boolean ofThisVertx = caller != null && caller.owner() == owner;
        ContextBuilder builder = owner.contextBuilder()
                .withThreadingModel(ThreadingModel.EVENT_LOOP)
                .withCloseFuture(new CloseFuture());
        if (caller != null && ofThisVertx && caller.isEventLoopContext()) {
            builder.withEventLoop(caller.nettyEventLoop());
        }
        CloseFuture parent = caller != null && ofThisVertx ? caller.closeFuture() : owner.closeFuture();
        return new NodeContext(owner, builder.build(), parent);
    }

    Vertx vertx() {
        return vertx;
    }

    /**
     * Has {@code close} called when the verticle that started the node is undeployed or Vert.x closes, which both wait
     * for it.
     *
     * @return false if that has happened already
     */
    boolean closeWithOwner(Supplier<Future<Void>> close) {
        Closeable closeable = completion -> close.get().onComplete(completion);
        hook = closeable;
        return parent.add(closeable);
    }

    void forgetOwner() {
        Closeable registered = hook;
        if (registered != null) {
            parent.remove(registered);
        }
    }

    /** Runs the task later on the context, never before this method has returned. */
    void run(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    /** Like {@link #run}; a future that fails when the event loop is gone. Completes on the context of the caller. */
    <T extends @Nullable Object> Future<T> call(Callable<Future<T>> task) {
        ContextInternal caller = ContextInternal.current();
        Promise<T> promise = caller == null ? Promise.promise() : caller.promise();
        try {
            run(() -> settle(task, promise));
        } catch (RejectedExecutionException e) {
            promise.fail(new IllegalStateException("Vert.x is closed", e));
        }
        return promise.future();
    }

    /** Runs a blocking task on a worker thread; completes on this context. */
    <T> Future<T> callBlocking(Callable<T> task) {
        return context.executeBlocking(task, false);
    }

    @Override
    public long setTimer(long delayMillis, Runnable task) {
        return context.setTimer(Math.max(1, delayMillis), timer -> task.run());
    }

    @Override
    public void cancelTimer(long timer) {
        vertx.cancelTimer(timer);
    }

    private static <T extends @Nullable Object> void settle(Callable<Future<T>> task, Completable<T> promise) {
        Future<T> result;
        try {
            result = task.call();
        } catch (Throwable e) { // whoever waits must hear of errors too
            result = Future.failedFuture(e);
        }
        result.onComplete(promise);
    }
}
