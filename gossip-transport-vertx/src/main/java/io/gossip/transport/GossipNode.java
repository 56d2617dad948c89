/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.Effect;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.Input;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.PrefixListeners;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.transport.store.MemberStore;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One running member: an engine, its socket and its timer on one Vert.x event loop.
 *
 * <p>Handlers are called on the context of the node, one after another; an exception in one is logged and contained.
 *
 * <p><b>Threads:</b> thread-safe; what touches the state is run on the context of the node.
 */
public final class GossipNode {
    private final NodeContext context;
    private final LiveOptions options;
    private final NodeIdentity self;
    private final Audience audience;
    private final SocketKeeper socket;
    private final NodeLoop loop;
    private final NodeLife life;
    private final @Nullable NodeMemory memory;

    GossipNode(
            NodeContext context,
            LiveOptions options,
            NodeIdentity self,
            Audience audience,
            SocketKeeper socket,
            NodeLoop loop,
            NodeLife life,
            @Nullable NodeMemory memory) {
        this.context = context;
        this.options = options;
        this.self = self;
        this.audience = audience;
        this.socket = socket;
        this.loop = loop;
        this.life = life;
        this.memory = memory;
    }

    /**
     * Starts a member on the current context if that is one of an event loop, else on a new one.
     *
     * @param vertx the instance to run on
     * @param options how it takes part; copied
     * @param initialKeyValues its first keys, versions 1, 2, 3 … in iteration order
     * @param transport carries its datagrams
     * @return the running node. Fails with one line that says what to change: {@link IllegalArgumentException} for
     *     options or keys that can never work, any other exception for what the environment refuses (address in use,
     *     unknown host)
     */
    public static Future<GossipNode> start(
            Vertx vertx, GossipNodeOptions options, Map<String, String> initialKeyValues, Transport transport) {
        Map<String, String> copy = Collections.unmodifiableMap(new LinkedHashMap<>(initialKeyValues));
        return start(vertx, options, self -> copy, transport, null);
    }

    /**
     * Starts a member that remembers: its keys, its node id, the members it met, and which generations it has used.
     *
     * <p>A function that writes one of the node's own keys ({@link #withState}) has its result handed out when the store
     * has the change; if that fails, the change stays in effect and the future fails with a
     * {@link io.gossip.transport.store.NotStoredException}.
     *
     * @param vertx the instance to run on
     * @param options how it takes part; copied. Without a node id it takes the remembered one, without a generation one
     *     that is greater than any it ever used
     * @param initialKeyValues what keys are configured for the identity that the node will have. A key whose configured
     *     value has not changed since the last start is as it was when the node stopped
     * @param transport carries its datagrams
     * @param store what it remembers by; opened now, closed when the node has stopped; null for a node that forgets
     * @return the running node, or why there is none, as for {@link #start(Vertx, GossipNodeOptions, Map, Transport)};
     *     also if the store cannot be opened or belongs to another node
     */
    public static Future<GossipNode> start(
            Vertx vertx,
            GossipNodeOptions options,
            Function<NodeIdentity, Map<String, String>> initialKeyValues,
            Transport transport,
            @Nullable MemberStore store) {
        NodeContext context = NodeContext.create(vertx);
        NodeStart start = new NodeStart(
                context,
                new GossipNodeOptions(options),
                initialKeyValues,
                transport,
                store,
                InstantSource.system(),
                HostResolver.ofTheSystem(context),
                StoreWriter.Patience.usual(Runtime.getRuntime().maxMemory()));
        return context.call(start::run);
    }

    /**
     * Starts a member over UDP, with the receive buffer that its options ask for and without keys.
     *
     * @param vertx the instance to run on
     * @param options how it takes part; copied
     * @return the running node, or why there is none, as for {@link #start(Vertx, GossipNodeOptions, Map, Transport)}
     */
    public static Future<GossipNode> start(Vertx vertx, GossipNodeOptions options) {
        return start(vertx, options, Map.of());
    }

    /**
     * Starts a member over UDP, with the receive buffer that its options ask for.
     *
     * @param vertx the instance to run on
     * @param options how it takes part; copied
     * @param initialKeyValues its first keys, versions 1, 2, 3 … in iteration order
     * @return the running node, or why there is none, as for {@link #start(Vertx, GossipNodeOptions, Map, Transport)}
     */
    public static Future<GossipNode> start(
            Vertx vertx, GossipNodeOptions options, Map<String, String> initialKeyValues) {
        return start(vertx, options, initialKeyValues, new UdpTransport(options.getReceiveBufferBytes()));
    }

    /** {@return the identity of this node} */
    public NodeIdentity self() {
        return self;
    }

    /** {@return the cluster this node belongs to} */
    public String clusterId() {
        return options.inForce().getClusterId();
    }

    /** {@return where the socket listens, with the port that was really bound} */
    public GossipAddress listenAddress() {
        return socket.address();
    }

    /** {@return a copy of the options in force, with node id and generation filled in} */
    public GossipNodeOptions options() {
        return new GossipNodeOptions(options.inForce());
    }

    /**
     * Has the node take part in another way, without stopping it. Everything is checked before anything is changed. What
     * changes live is changed; what does not is named in the result and left as it was. Nobody is found dead, and nothing
     * that is held beyond a lower limit is dropped, because of the change.
     *
     * <p>New seed nodes are gossiped with at once, host names among them looked up at once; whether a name resolves decides
     * nothing here. A node id or generation of null stands for those in use. The liveness predicate stays.
     *
     * @param wanted all options, also those that stay as they are; copied
     * @return what was changed and what needs a restart. Fails, and changes nothing, with {@link
     *     IllegalArgumentException} for options that can never work, {@link IllegalStateException} if the node is closed
     */
    public Future<Reconfiguration> reconfigure(GossipNodeOptions wanted) {
        GossipNodeOptions copy = new GossipNodeOptions(wanted);
        return whileRunning(() -> Future.succeededFuture(options.change(copy)));
    }

    /**
     * Tells what {@link #reconfigure} would do, and does nothing.
     *
     * @param wanted all options
     * @param keyValues keys that are to be set afterwards
     * @return what would be changed and what needs a restart
     * @throws IllegalArgumentException for options that can never work
     * @throws io.gossip.core.engine.RefusedWriteException if one of the keys could not be set then
     */
    public Reconfiguration preview(GossipNodeOptions wanted, Map<String, String> keyValues) {
        return options.preview(wanted, keyValues);
    }

    /**
     * Runs a function with the state, on the node's context.
     *
     * @param function gets access for the time of the call; must not block
     * @param <T> what it returns
     * @return what it returned or threw. After the node was closed the state can still be read, as long as Vert.x is
     *     running; writes then throw {@link IllegalStateException}
     */
    public <T> Future<T> withState(Function<? super ClusterAccess, ? extends T> function) {
        return context.call(() -> life.isRunning() ? loop.withState(function) : loop.readState(function));
    }

    /**
     * Runs a function that writes what is configured now, as {@link #withState} does; and has a node that remembers take
     * note of the configuration together with what is written. At the next start, a key whose configured value is still
     * this one is as it was when the node stopped.
     *
     * @param configured the keys whose configuration has changed; null for one that is no longer configured. Copied
     * @param function gets access for the time of the call; must not block
     * @param <T> what it returns
     * @return what it returned or threw; if it threw, the former configuration is remembered. Fails with
     *     {@link IllegalStateException} if the node is closed
     */
    public <T> Future<T> configure(
            Map<String, @Nullable String> configured, Function<? super ClusterAccess, ? extends T> function) {
        Map<String, @Nullable String> copy = new LinkedHashMap<>(configured);
        return whileRunning(() -> loop.configure(copy, function));
    }

    /**
     * Opens a handshake with an address now.
     *
     * @param target where to send a SYN
     * @return completes when it was sent; fails if it could not be or the node is closed
     */
    public Future<Void> gossip(GossipAddress target) {
        return whileRunning(() -> send(new Input.GossipRequested(target)));
    }

    /** {@return this node and all live members, in identity order} */
    public Future<List<NodeIdentity>> liveNodes() {
        return withState(ClusterAccess::liveNodes);
    }

    /** {@return all listed members that are dead or left, in identity order} */
    public Future<List<NodeIdentity>> deadNodes() {
        return withState(ClusterAccess::deadNodes);
    }

    /** {@return the whole picture} */
    public Future<ClusterSnapshot> snapshot() {
        return withState(ClusterAccess::snapshot);
    }

    /** {@return counters and gauges of the engine} */
    public Future<EngineStats> stats() {
        return withState(ClusterAccess::stats);
    }

    /**
     * Sets who is told of changes from now on; {@link #observe} for who needs the state before them as well.
     *
     * @param handler called with all changes of one step, in order; null for nobody
     * @return this
     */
    public GossipNode changeHandler(@Nullable Handler<List<ClusterEvent>> handler) {
        audience.changeHandler(handler);
        return this;
    }

    /**
     * Hands out a snapshot and then, without a gap, every later change.
     *
     * @param first called once, with the picture that the changes start from
     * @param changes called with all changes of one step, in order
     * @return completes after {@code first} returned, or fails with what it threw and then hands out no changes; cancel
     *     the subscription to hear no more
     */
    public Future<Subscription> observe(Handler<ClusterSnapshot> first, Handler<List<ClusterEvent>> changes) {
        return context.call(() -> {
            Audience.Observer observer = new Audience.Observer(changes);
            return loop.withState(ClusterAccess::snapshot).map(snapshot -> {
                first.handle(snapshot);
                audience.join(observer);
                return () -> context.call(() -> {
                    audience.part(observer);
                    return Future.succeededFuture();
                });
            });
        });
    }

    /**
     * Subscribes to keys that are set by any member, this one included (semantics §13).
     *
     * @param prefix what the keys start with; empty for all keys
     * @param listener called on the node's context, after the change, with the key behind the prefix
     * @return completes when the listener will hear of every later change; cancel the subscription to hear no more
     */
    public Future<Subscription> subscribe(String prefix, PrefixListeners.KeyListener listener) {
        return context.call(() -> {
            PrefixListeners.Registration registration = audience.subscribe(prefix, listener);
            return Future.succeededFuture(() -> context.call(() -> {
                registration.close();
                return Future.succeededFuture();
            }));
        });
    }

    /**
     * Sets who is told that this node is far behind and may want to catch up by other means.
     *
     * @param handler called on the node's context; null for nobody
     * @return this
     */
    public GossipNode catchUpHandler(@Nullable Runnable handler) {
        audience.catchUpHandler(handler);
        return this;
    }

    /**
     * Sets who is told of the live nodes: now, and whenever their set or one of their max versions changed.
     *
     * @param handler called with the states of all live nodes, in identity order; null for nobody
     * @return this
     */
    public GossipNode liveNodesHandler(@Nullable Handler<List<NodeSnapshot>> handler) {
        audience.liveNodesHandler(handler);
        if (handler != null) {
            context.run(() -> loop.handle(new Input.LiveNodesWatched()));
        }
        return this;
    }

    /**
     * Sets who is told what an operator should know; it is logged in any case.
     *
     * @param handler called on the node's context; null for nobody
     * @return this
     */
    public GossipNode noticeHandler(@Nullable Handler<Effect.Notice> handler) {
        audience.noticeHandler(handler);
        return this;
    }

    /**
     * Sets who is told how long each gossip round took: choosing peers, putting the datagrams together and handing them to
     * the socket, judging who is alive, and what the handlers of the application did because of it.
     *
     * @param handler called on the node's context after each round; null for nobody
     * @return this
     */
    public GossipNode roundHandler(@Nullable Handler<Duration> handler) {
        audience.roundHandler(handler);
        return this;
    }

    /**
     * Tells the others that this node is leaving, without stopping it.
     *
     * @return completes when the goodbye was sent
     */
    public Future<Void> leave() {
        return whileRunning(() -> send(new Input.LeaveRequested()));
    }

    /**
     * Says goodbye, answers those who ask for at most 2 s, then stops. Idempotent.
     *
     * @return completes when the address is free again and the store has everything and is given up. For a store that does
     *     not answer it waits 5 s; what is lost then is logged, and the store stays in use until it answers
     */
    public Future<Void> close() {
        return end(life::close);
    }

    /**
     * Stops without a goodbye. Idempotent.
     *
     * @return completes when the address is free again and the store is given up, as for {@link #close}
     */
    public Future<Void> abort() {
        return end(life::abort);
    }

    /** {@return completes when the node has stopped; fails with the reason after an abnormal end} */
    public Future<Void> termination() {
        return life.ended();
    }

    /** {@return how the socket is doing, now} */
    public TransportHealth health() {
        return socket.health();
    }

    /** {@return how the store is doing, now} */
    public StoreHealth storeHealth() {
        return memory == null ? new StoreHealth(StoreHealth.State.NONE, 0, Optional.empty()) : memory.health();
    }

    private Future<Void> send(Input input) {
        List<Future<Void>> sends = new ArrayList<>();
        loop.handle(input, (send, done) -> sends.add(done));
        return Future.all(sends).mapEmpty();
    }

    private <T> Future<T> whileRunning(Callable<Future<T>> task) {
        return context.call(() ->
                life.isRunning() ? task.call() : Future.failedFuture(new IllegalStateException("the node is closed")));
    }

    // After the end the event loop may be gone, and there is nothing left to ask it.
    private Future<Void> end(Callable<Future<Void>> how) {
        return life.ended().isComplete() ? life.ended() : context.call(how);
    }
}
