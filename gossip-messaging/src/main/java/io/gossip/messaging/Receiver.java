/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The incoming half of a member: takes the messages of each sender in order and once, hands them to the application, and
 * confirms each once that is done. What comes before its predecessor is dropped: it will come again.
 *
 * <p>Confined to one event loop.
 */
final class Receiver {
    private final PeerId self;
    private final Context context;
    private final Counters counters;
    private final PendingReplies replies;
    private final BiFunction<Frame.Data, Buffer, Future<Void>> replier;
    private final IncomingStream stream;
    private final Map<PeerId, Source> sources = new HashMap<>();
    private final Set<Connection> held = new HashSet<>();
    private final List<Source> toConfirm = new ArrayList<>(); // those with something to confirm

    /** What is known of one sender: how far it was heard, what still waits for the reader, and where it was heard last. */
    private static final class Source {
        private final PeerId peer;
        private final Set<Long> waiting = new HashSet<>();
        private Connection last;
        private long highest;
        private boolean missedSome;
        private long[] toConfirm = new long[16];
        private int countToConfirm;

        Source(PeerId peer, Connection first) {
            this.peer = peer;
            this.last = first;
        }

        void confirm(long sequence) {
            if (countToConfirm == toConfirm.length) {
                toConfirm = Arrays.copyOf(toConfirm, 2 * toConfirm.length);
            }
            toConfirm[countToConfirm++] = sequence;
        }

        long[] takeToConfirm() {
            long[] sequences = Arrays.copyOf(toConfirm, countToConfirm);
            countToConfirm = 0;
            return sequences;
        }
    }

    Receiver(
            PeerId self,
            Context context,
            MessagingOptions options,
            Counters counters,
            PendingReplies replies,
            BiFunction<Frame.Data, Buffer, Future<Void>> replier) {
        this.self = self;
        this.context = context;
        this.counters = counters;
        this.replies = replies;
        this.replier = replier;
        stream = new IncomingStream(context, options, counters.channels, this::handedOver, this::readOn);
    }

    ReadStream<IncomingMessage> stream() {
        return stream;
    }

    int depth() {
        return stream.depth();
    }

    /**
     * A message came.
     *
     * @param isShared whether the connection carries messages of others as well, so that it must not be held back
     */
    void received(Connection from, Frame.Data data, boolean isShared) {
        Source source = sources.computeIfAbsent(data.source(), peer -> new Source(peer, from));
        source.last = from;
        boolean isUnread = from.isWriteQueueFull();
        if (isUnread && !isShared) { // who does not read confirmations must not make this member keep more of them
            from.pauseUntilDrained();
        }
        if (data.sequence() <= source.highest) {
            repeated(source, data, isUnread);
        } else if (data.previous() > source.highest) {
            missed(source);
        } else if (data.kind() == Frame.Kind.REPLY) {
            take(source, data);
            counters.acksSent.increment();
            confirm(source, data.sequence());
            replies.received(data.source(), data.replyTo(), data.payload());
        } else if (isShared && stream.isFull()) {
            source.missedSome = true; // asked for when there is room
        } else {
            take(source, data);
            source.waiting.add(data.sequence());
            stream.add(new IncomingMessage(data, replier));
            hold(from, isShared);
        }
    }

    private void take(Source source, Frame.Data data) {
        source.highest = data.sequence();
        source.missedSome = false;
        counters.dataReceived.increment();
    }

    private void repeated(Source source, Frame.Data data, boolean isUnread) {
        counters.repeated.increment();
        if (!isUnread && !source.waiting.contains(data.sequence())) {
            confirm(source, data.sequence());
        }
    }

    // Asked once for each gap; should that be lost as well, the sender notices after a while.
    private void missed(Source source) {
        if (!source.missedSome && !stream.isFull()) {
            askAgain(source);
        }
        source.missedSome = true;
    }

    private void askAgain(Source source) {
        source.last.send(new Frame.Ack(self, source.peer, 0, new long[0]));
    }

    /** Somebody who sends came. */
    void entered(Connection connection, boolean isShared) {
        hold(connection, isShared);
    }

    private void hold(Connection connection, boolean isShared) {
        if (stream.isFull() && !isShared) {
            held.add(connection);
            connection.pause();
        }
    }

    void closed(Connection connection) {
        held.remove(connection);
    }

    /** Forgets all senders but those. */
    void retain(Predicate<PeerId> mayStillSend) {
        sources.keySet().removeIf(peer -> !mayStillSend.test(peer));
    }

    void close() {
        stream.end();
    }

    private void handedOver(IncomingMessage message) {
        Source source = sources.get(message.sender());
        if (source != null) {
            source.waiting.remove(message.sequence());
            counters.acksSent.increment();
            confirm(source, message.sequence());
        }
    }

    private void readOn() {
        List<Connection> all = new ArrayList<>(held);
        held.clear();
        all.forEach(Connection::resume);
        for (Source source : sources.values()) {
            if (source.missedSome) {
                askAgain(source);
            }
        }
    }

    // All that is confirmed in one turn of the event loop goes into one frame.
    private void confirm(Source source, long sequence) {
        if (toConfirm.isEmpty()) {
            context.runOnContext(nothing -> sendConfirmations());
        }
        if (source.countToConfirm == 0) {
            toConfirm.add(source);
        }
        source.confirm(sequence);
        if (source.countToConfirm == FrameCodec.MAX_ACKED) {
            source.last.send(new Frame.Ack(self, source.peer, 0, source.takeToConfirm()));
        }
    }

    private void sendConfirmations() {
        for (Source source : toConfirm) {
            if (source.countToConfirm > 0) {
                source.last.send(new Frame.Ack(self, source.peer, 0, source.takeToConfirm()));
            }
        }
        toConfirm.clear();
    }
}
