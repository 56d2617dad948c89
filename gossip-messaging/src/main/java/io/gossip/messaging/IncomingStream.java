/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for their reader, in the order in which they came. A message counts as received when the handler was
 * called with it.
 *
 * <p>The methods of the stream may be called from any thread; everything happens on one context, and at once if they are
 * called there.
 */
final class IncomingStream implements ReadStream<IncomingMessage> {
    private final Context context;
    private final Deque<IncomingMessage> waiting = new ArrayDeque<>();
    private final Consumer<IncomingMessage> handedOver;
    private final Runnable caughtUp;
    private final MessagingOptions options;
    private final ChannelMetrics channels;
    private @Nullable Handler<IncomingMessage> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;
    private long demand = Long.MAX_VALUE;
    private long bytes;
    private volatile int depth; // for readers on other threads
    private boolean full;
    private boolean ended;
    private boolean delivering;

    /**
     * An empty stream.
     *
     * @param handedOver called after the reader got a message
     * @param caughtUp called when the stream was full and is half empty again
     */
    IncomingStream(
            Context context,
            MessagingOptions options,
            ChannelMetrics channels,
            Consumer<IncomingMessage> handedOver,
            Runnable caughtUp) {
        this.context = context;
        this.handedOver = handedOver;
        this.caughtUp = caughtUp;
        this.options = options;
        this.channels = channels;
    }

    @Override
    public IncomingStream handler(@Nullable Handler<IncomingMessage> newHandler) {
        return later(() -> handler = newHandler);
    }

    @Override
    public IncomingStream pause() {
        return later(() -> demand = 0);
    }

    @Override
    public IncomingStream resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public IncomingStream fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("amount must not be negative, was " + amount);
        }
        return later(() -> demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount);
    }

    @Override
    public IncomingStream exceptionHandler(@Nullable Handler<Throwable> newHandler) {
        return later(() -> exceptionHandler = newHandler);
    }

    @Override
    public IncomingStream endHandler(@Nullable Handler<Void> newHandler) {
        return later(() -> {
            endHandler = newHandler;
            if (ended) {
                tellEnd();
            }
        });
    }

    /** Takes a message; on the context. */
    void add(IncomingMessage message) {
        waiting.add(message);
        channels.report(ChannelMetrics.INCOMING, 1);
        depth = waiting.size();
        bytes += message.bytes();
        full |= waiting.size() >= options.getMaxIncomingMessages() || bytes >= options.getMaxIncomingBytes();
        deliver();
    }

    /** Whether nothing more should be read for now; on the context. */
    boolean isFull() {
        return full;
    }

    int depth() {
        return depth;
    }

    /** Nothing more will come; on the context. What waits is dropped: nobody was told that it was received. */
    void end() {
        if (!ended) {
            ended = true;
            if (!waiting.isEmpty()) {
                channels.report(ChannelMetrics.INCOMING, -waiting.size());
            }
            waiting.clear();
            depth = 0;
            tellEnd();
        }
    }

    private void tellEnd() {
        Handler<Void> last = endHandler;
        endHandler = null;
        if (last != null) {
            context.runOnContext(last);
        }
    }

    private IncomingStream later(Runnable change) {
        if (Vertx.currentContext() == context) {
            change.run();
            if (!delivering
                    && handler != null
                    && demand > 0) { // never calls the handler from within a call to the stream
                context.runOnContext(nothing -> deliver());
            }
        } else {
            context.runOnContext(nothing -> {
                change.run();
                deliver();
            });
        }
        return this;
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            handOver();
        } finally {
            delivering = false;
        }
    }

    private void handOver() {
        Handler<IncomingMessage> reader = handler;
        while (reader != null && demand > 0 && !ended) {
            IncomingMessage next = waiting.poll();
            if (next == null) {
                break;
            }
            depth = waiting.size();
            channels.report(ChannelMetrics.INCOMING, -1);
            bytes -= next.bytes();
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            call(reader, next);
            handedOver.accept(next);
            reader = handler;
        }
        if (full
                && waiting.size() <= options.getMaxIncomingMessages() / 2
                && bytes <= options.getMaxIncomingBytes() / 2) {
            full = false;
            caughtUp.run();
        }
    }

    private void call(Handler<IncomingMessage> reader, IncomingMessage message) {
        try {
            reader.handle(message);
        } catch (Throwable failure) { // whatever the application does wrong, it got the message
            Handler<Throwable> complaints = exceptionHandler;
            context.runOnContext(nothing -> {
                if (complaints == null) {
                    throw new IllegalStateException("the handler of incoming messages failed", failure);
                }
                complaints.handle(failure);
            });
        }
    }
}
