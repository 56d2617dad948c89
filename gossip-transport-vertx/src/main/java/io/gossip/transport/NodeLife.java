/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.Effect;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.Input;
import io.gossip.core.identity.GossipAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** From the first round to the goodbye and the end. Confined, except {@link #ended}. */
final class NodeLife {
    /** The first round waits no longer than this for the seed nodes' names; a slow name server must not keep us out. */
    private static final long FIRST_LOOKUP_MILLIS = 5_000;

    private static final long GOODBYE_MILLIS = 2_000;

    private enum Phase {
        RUNNING,
        LEAVING,
        STOPPING
    }

    private final NodeContext context;
    private final NodeLoop loop;
    private final SocketKeeper socket;
    private final SeedRefresh seeds;
    private final @Nullable NodeMemory memory;
    private final RandomGenerator jitter;
    private long intervalNanos;
    private final Promise<Void> ended = Promise.promise();
    private final Set<GossipAddress> awaitedAnswers = new HashSet<>();
    private final List<Future<Void>> lastSends = new ArrayList<>();
    private Phase phase = Phase.RUNNING;
    private boolean firstRoundDone;
    private long lastDueNanos;
    private long dueNanos;
    private long timer;

    NodeLife(
            NodeContext context,
            NodeLoop loop,
            SocketKeeper socket,
            SeedRefresh seeds,
            @Nullable NodeMemory memory,
            RandomGenerator jitter,
            long intervalNanos) {
        this.context = context;
        this.loop = loop;
        this.socket = socket;
        this.seeds = seeds;
        this.memory = memory;
        this.jitter = jitter;
        this.intervalNanos = intervalNanos;
    }

    void begin() {
        socket.receiveWith(this::received);
        timer = context.setTimer(FIRST_LOOKUP_MILLIS, this::firstRound);
        seeds.start(addresses -> loop.handle(new Input.SeedNodesResolved(addresses)))
                .onComplete(ignored -> firstRound());
    }

    /** Has rounds come at another interval from now on; none is lost, and the next is due by the new one. */
    void interval(long nanos) {
        if (nanos != intervalNanos) {
            intervalNanos = nanos;
            if (firstRoundDone && phase == Phase.RUNNING) {
                context.cancelTimer(timer);
                long now = System.nanoTime();
                dueNanos = RoundClock.changedDueNanos(lastDueNanos, now, nanos, jitter.nextDouble());
                timer = context.setTimer(RoundClock.delayMillis(dueNanos, now), this::round);
            }
        }
    }

    boolean isRunning() {
        return phase == Phase.RUNNING;
    }

    /** Completes when the socket is closed, and the store or the wait for it; from any thread. */
    Future<Void> ended() {
        return ended.future();
    }

    Future<Void> close() {
        if (phase == Phase.RUNNING) {
            phase = Phase.LEAVING;
            context.cancelTimer(timer);
            seeds.stop();
            loop.handle(new Input.LeaveRequested(), this::saidGoodbye);
            timer = context.setTimer(GOODBYE_MILLIS, this::stop);
            stopWhenAllKnow();
        }
        return ended();
    }

    Future<Void> abort() {
        stop();
        return ended();
    }

    private void firstRound() {
        if (!firstRoundDone && phase == Phase.RUNNING) {
            firstRoundDone = true;
            context.cancelTimer(timer);
            dueNanos = System.nanoTime();
            round();
        }
    }

    private void round() {
        try {
            loop.round();
        } finally {
            // A handler may have been given the node and closed it; that arrives later, so the phase is still ours.
            long now = System.nanoTime();
            lastDueNanos = dueNanos;
            dueNanos = RoundClock.nextDueNanos(dueNanos, now, intervalNanos, jitter.nextDouble());
            timer = context.setTimer(RoundClock.delayMillis(dueNanos, now), this::round);
        }
    }

    private void received(Datagram datagram) {
        Input input = new Input.Received(datagram.bytes(), datagram.source());
        if (phase == Phase.LEAVING) {
            receivedWhileLeaving(input, datagram.source());
        } else {
            loop.handle(input);
        }
    }

    private void receivedWhileLeaving(Input input, GossipAddress source) {
        loop.handle(input, (send, done) -> {
            lastSends.add(done);
            if (send.type() == EngineStats.DatagramType.ACK) {
                // This was the SYN-ACK to our goodbye, and the ACK that answered it says that we leave.
                awaitedAnswers.remove(source);
            }
        });
        stopWhenAllKnow();
    }

    private void saidGoodbye(Effect.Send send, Future<Void> done) {
        if (send.purpose() == Effect.Purpose.FAREWELL) {
            awaitedAnswers.add(send.target());
        }
        lastSends.add(done);
    }

    // Who has left in the meantime, or has fallen silent before, is not worth waiting for.
    private void stopWhenAllKnow() {
        awaitedAnswers.retainAll(loop.answeringAddresses());
        if (awaitedAnswers.isEmpty()) {
            Future.join(lastSends).onComplete(ignored -> stop());
        }
    }

    private void stop() {
        if (phase != Phase.STOPPING) {
            phase = Phase.STOPPING;
            context.cancelTimer(timer);
            seeds.stop();
            socket.close().eventually(this::closeMemory).onComplete(closed -> {
                context.forgetOwner();
                ended.handle(closed);
            });
        }
    }

    private Future<Void> closeMemory() {
        return memory == null ? Future.succeededFuture() : memory.close();
    }
}
