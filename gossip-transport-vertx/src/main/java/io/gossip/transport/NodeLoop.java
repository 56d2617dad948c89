/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.Effect;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.Input;
import io.gossip.core.engine.Step;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.Future;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives one engine its inputs and carries out its effects, one step after another. Decides nothing. Confined.
 *
 * <p>An exception of the engine is a bug: it is logged and counted, and the loop goes on with the next input.
 */
final class NodeLoop {
    private final Gossiper engine;
    private final NodeIdentity self;
    private final SocketKeeper socket;
    private final Audience audience;
    private final Logger logger;
    private final LimitedLog limited;
    private final Consumer<Boolean> alone;
    private final @Nullable NodeMemory memory;
    private final Set<NodeIdentity> live = new HashSet<>();
    private final Set<NodeIdentity> mayAnswer = new HashSet<>();

    /**
     * {@code alone} is told whether any other member is live, whenever that may have changed; {@code memory} is null for a
     * node that forgets.
     */
    NodeLoop(
            Gossiper engine,
            NodeIdentity self,
            SocketKeeper socket,
            Audience audience,
            Logger logger,
            LimitedLog limited,
            Consumer<Boolean> alone,
            @Nullable NodeMemory memory) {
        this.engine = engine;
        this.self = self;
        this.socket = socket;
        this.audience = audience;
        this.logger = logger;
        this.limited = limited;
        this.alone = alone;
        this.memory = memory;
    }

    void handle(Input input) {
        handle(input, NodeLoop::nobodyAsks);
    }

    /** Runs one gossip round. */
    void round() {
        long startNanos = System.nanoTime();
        handle(new Input.RoundDue());
        if (memory != null) {
            memory.roundDone().forEach(peer -> handle(new Input.GossipRequested(peer)));
        }
        audience.roundDone(System.nanoTime() - startNanos);
    }

    /** Has the engine take another configuration; throws, and changes nothing, if it must not. */
    void reconfigure(GossipConfig config) {
        perform(engine.handle(new Input.Reconfigured(config), System.nanoTime()), NodeLoop::nobodyAsks);
    }

    /** Handles an input and tells {@code sent} of each datagram that went out because of it. */
    void handle(Input input, BiConsumer<Effect.Send, Future<Void>> sent) {
        perform(decide(input), sent);
    }

    /** {@return where the other members are that may be running: live, or new and not yet judged} */
    Set<GossipAddress> answeringAddresses() {
        return mayAnswer.stream().map(NodeIdentity::gossipAddress).collect(Collectors.toSet());
    }

    <T> Future<T> withState(Function<? super ClusterAccess, ? extends T> function) {
        return memory == null
                ? step(function)
                : memory.afterStoring(step(access -> function.apply(memory.watching(access))));
    }

    /** Like {@link #withState}, for a function that writes what is configured now; remembers that with it. */
    <T> Future<T> configure(
            Map<String, @Nullable String> configured, Function<? super ClusterAccess, ? extends T> function) {
        if (memory == null) {
            return step(function);
        }
        Future<T> written = step(access -> function.apply(memory.watching(access)));
        if (written.succeeded()) {
            memory.configured(configured);
        }
        return memory.afterStoring(written);
    }

    private <T> Future<T> step(Function<? super ClusterAccess, ? extends T> function) {
        Step<T> step = engine.withState(function, System.nanoTime());
        perform(step.effects(), NodeLoop::nobodyAsks);
        return step.failure() == null ? Future.succeededFuture(step.value()) : Future.failedFuture(step.failure());
    }

    /** For the time after the end: nobody would hear of what is written. */
    <T> Future<T> readState(Function<? super ClusterAccess, ? extends T> function) {
        return step(access -> function.apply(new WatchedAccess(access, NodeLoop::refuse, NodeLoop::refuse)));
    }

    private static void refuse() {
        throw new IllegalStateException("the node is closed");
    }

    private List<Effect> decide(Input input) {
        return contained(() -> engine.handle(input, System.nanoTime()));
    }

    private List<Effect> contained(Supplier<List<Effect>> decision) {
        try {
            return decision.get();
        } catch (RuntimeException | AssertionError | StackOverflowError bug) {
            socket.engineFailed();
            limited.log(Level.ERROR, "engine", () -> "the engine failed, please report this; going on", bug);
            return List.of();
        }
    }

    // All datagrams first, then the application: its handlers must not delay an answer. Each group keeps its order.
    private void perform(List<Effect> effects, BiConsumer<Effect.Send, Future<Void>> sent) {
        List<ClusterEvent> changes = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                sent.accept(send, socket.send(send.datagram(), send.target(), send.purpose()));
            } else if (effect instanceof Effect.Changed changed) {
                changes.add(changed.event());
            }
        }
        if (!changes.isEmpty()) {
            count(changes);
            if (memory != null) {
                memory.changed(changes);
            }
            audience.changed(List.copyOf(changes));
        }
        effects.forEach(this::tell);
    }

    private void tell(Effect effect) {
        if (effect instanceof Effect.Send || effect instanceof Effect.Changed) {
            return; // done above
        }
        if (effect instanceof Effect.LiveNodesChanged changed) {
            audience.liveNodesChanged(changed.liveNodes());
        } else if (effect instanceof Effect.CatchUpSuggested) {
            audience.catchUpSuggested();
        } else if (effect instanceof Effect.Refused refused) {
            limited.log(Level.WARNING, refused.malformed().error(), () -> text(refused));
        } else if (effect instanceof Effect.Notice notice) {
            logger.log(Level.WARNING, Failures.oneLine(notice.text()));
            audience.noticed(notice);
        } else {
            throw new AssertionError("unhandled effect: " + effect);
        }
    }

    private void count(List<ClusterEvent> changes) {
        for (ClusterEvent change : changes) {
            if (change instanceof ClusterEvent.MemberJoined) {
                mayAnswer.add(change.identity());
            } else if (change instanceof ClusterEvent.MemberAlive) {
                mayAnswer.add(change.identity());
                live.add(change.identity());
            } else if (!(change instanceof ClusterEvent.KeysChanged)) {
                mayAnswer.remove(change.identity());
                live.remove(change.identity());
            }
        }
        mayAnswer.remove(self);
        live.remove(self);
        alone.accept(live.isEmpty());
    }

    private static String text(Effect.Refused refused) {
        return "refused a datagram of " + refused.bytes() + " bytes from " + refused.source() + ": "
                + refused.malformed().reason() + " (" + refused.malformed().error() + " at byte "
                + refused.malformed().offset() + ")";
    }

    private static void nobodyAsks(Effect.Send send, Future<Void> done) {}
}
