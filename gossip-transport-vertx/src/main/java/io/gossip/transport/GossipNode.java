/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.Effect;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One running member: an engine, its socket and its timer on one Vert.x event loop.
 *
 * <p>Handlers are called on the context of the node, one after another; an exception in one is logged and contained.
 *
 * <p><b>Threads:</b> thread-safe; what touches the state is run on the context of the node.
 */
public final class GossipNode {
    private GossipNode() {}

    /**
     * Starts a member on the current context if that is one of an event loop, else on a new one.
     *
     * @param vertx the instance to run on
     * @param options how it takes part; copied
     * @param initialKeyValues its first keys, versions 1, 2, 3 … in iteration order
     * @param transport carries its datagrams
     * @return the running node; fails with one line that says what to change when it cannot start
     */
    public static Future<GossipNode> start(
            Vertx vertx, GossipNodeOptions options, Map<String, String> initialKeyValues, Transport transport) {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return the identity of this node} */
    public NodeIdentity self() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return the cluster this node belongs to} */
    public String clusterId() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return where the socket listens, with the port that was really bound} */
    public GossipAddress listenAddress() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return a copy of the options, with node id and generation filled in} */
    public GossipNodeOptions options() {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Runs a function with the state, on the node's context.
     *
     * @param function gets access for the time of the call; must not block
     * @param <T> what it returns
     * @return what it returned or threw; fails when the node is closed
     */
    public <T> Future<T> withState(Function<? super ClusterAccess, ? extends T> function) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Opens a handshake with an address now.
     *
     * @param target where to send a SYN
     * @return completes when it was sent; fails if it could not be or the node is closed
     */
    public Future<Void> gossip(GossipAddress target) {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return this node and all live members, in identity order} */
    public Future<List<NodeIdentity>> liveNodes() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return all listed members that are dead or left, in identity order} */
    public Future<List<NodeIdentity>> deadNodes() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return the whole picture} */
    public Future<ClusterSnapshot> snapshot() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return counters and gauges of the engine} */
    public Future<EngineStats> stats() {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Sets who is told of changes from now on; {@link #observe} for who needs the state before them as well.
     *
     * @param handler called with all changes of one step, in order
     * @return this
     */
    public GossipNode changeHandler(Handler<List<ClusterEvent>> handler) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Hands out a snapshot and then, without a gap, every later change.
     *
     * @param first called once, with the picture that the changes start from
     * @param changes called with all changes of one step, in order
     * @return completes after {@code first} returned; cancel the subscription to hear no more
     */
    public Future<Subscription> observe(Handler<ClusterSnapshot> first, Handler<List<ClusterEvent>> changes) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Sets who is told that this node is far behind and may want to catch up by other means.
     *
     * @param handler called on the node's context
     * @return this
     */
    public GossipNode catchUpHandler(Runnable handler) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Sets who is told of the live nodes whenever their set or one of their max versions changed.
     *
     * @param handler called with the states of all live nodes, in identity order
     * @return this
     */
    public GossipNode liveNodesHandler(Handler<List<NodeSnapshot>> handler) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Sets who is told what an operator should know; it is logged in any case.
     *
     * @param handler called on the node's context
     * @return this
     */
    public GossipNode noticeHandler(Handler<Effect.Notice> handler) {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Tells the others that this node is leaving, without stopping it.
     *
     * @return completes when the goodbye was sent
     */
    public Future<Void> leave() {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Says goodbye, answers those who ask for at most 2 s, then stops. Idempotent.
     *
     * @return completes when the address is free again
     */
    public Future<Void> close() {
        throw new UnsupportedOperationException("not here yet");
    }

    /**
     * Stops without a goodbye. Idempotent.
     *
     * @return completes when the address is free again
     */
    public Future<Void> abort() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return completes when the node has stopped; fails with the reason after an abnormal end} */
    public Future<Void> termination() {
        throw new UnsupportedOperationException("not here yet");
    }

    /** {@return how the socket is doing, now} */
    public TransportHealth health() {
        throw new UnsupportedOperationException("not here yet");
    }
}
