/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.wire.Decoded;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.Malformed;
import io.gossip.core.wire.MessageCodec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One node's gossip protocol: Scuttlebutt reconciliation with a phi-accrual failure detector, as chitchat speaks it.
 *
 * <p>A pure state machine. Inputs and the time go in, effects come out in order; the same configuration, inputs, times and
 * random generator give the same effects, bit for bit. It opens no socket, reads no clock, starts no thread and never
 * calls out, but for the function given to {@link #withState} and the configured liveness predicate.
 *
 * <p>Datagrams go in and come out as bytes: identities are recognised by their bytes, our digest is a prepared image,
 * and an answer is budgeted in the version it is really sent in, all of which a message passed as a value would undo.
 *
 * <p><b>Threads:</b> confined to one thread at a time; no method may be called from within another.
 *
 * <p><b>Source:</b> van Renesse et al., <i>Efficient Reconciliation and Flow Control for Anti-Entropy Protocols</i>, 2008;
 * Hayashibara et al., <i>The φ Accrual Failure Detector</i>, 2004; chitchat 0.13.0.
 */
public final class Gossiper {
    private static final long RECOGNISE_PAUSE_NANOS = 100_000_000;

    private GossipConfig config;
    private final Counters counters = new Counters();
    private final Effects effects = new Effects(counters);
    private final IdentityTable identities = new IdentityTable();
    private MessageCodec codec;
    private final Members members;
    private final OwnState ownState;
    private final Initiation initiation;
    private final Exchange exchange;
    private final Rounds rounds;
    private final EngineReport report;
    private long identitiesVersion = -1;
    private long identitiesAtNanos;

    /**
     * A node that knows only itself.
     *
     * @param config how it takes part
     * @param initialKeyValues its first keys, versions 1, 2, 3 … in iteration order
     * @param random the only source of randomness
     * @param nowNanos monotonic time, ns, of any origin
     * @throws RefusedWriteException if an initial key must not be accepted
     */
    public Gossiper(GossipConfig config, Map<String, String> initialKeyValues, RandomGenerator random, long nowNanos) {
        this.config = config;
        this.codec = new MessageCodec(config.maxStreamBytes(), identities);
        this.members = new Members(config, effects);
        this.ownState = new OwnState(config, members.self, effects, counters);
        Solicited solicited = new Solicited(config);
        StateBounds bounds = new StateBounds(config, members, effects, counters);
        Admission admission = new Admission(config, members, effects, counters, random);
        LivenessSweep liveness = new LivenessSweep(config, members, effects);
        Outgoing outgoing = new Outgoing(config, members, effects, counters, random);
        this.initiation = new Initiation(config, members);
        CatchUp catchUp = new CatchUp(members, outgoing, effects, solicited, initiation);
        this.exchange = new Exchange(
                config,
                members,
                new DigestIntake(config, members, admission, ownState, counters, effects),
                new DeltaIntake(members, effects, counters, bounds),
                outgoing,
                effects,
                counters,
                solicited,
                initiation,
                catchUp);
        this.rounds = new Rounds(
                config,
                members,
                ownState,
                outgoing,
                effects,
                counters,
                admission,
                liveness,
                bounds,
                solicited,
                initiation,
                catchUp,
                random);
        this.report = new EngineReport(members, admission, liveness, counters);
        initialKeyValues.forEach((key, value) -> ownState.set(key, value, nowNanos));
        ownState.beat();
        effects.drain(); // nobody could have read what these changes replace
    }

    /** {@return the configuration in force} */
    public GossipConfig config() {
        return config;
    }

    /**
     * Handles one input.
     *
     * @param input what happened
     * @param nowNanos monotonic time, ns, not earlier than in the previous call
     * @return what the shell must do, in this order
     */
    public List<Effect> handle(Input input, long nowNanos) {
        effects.begin(nowNanos);
        if (input instanceof Input.Received received) {
            receive(received.datagram(), received.source(), nowNanos);
        } else if (input instanceof Input.RoundDue) {
            rounds.run(nowNanos);
        } else if (input instanceof Input.GossipRequested requested) {
            rounds.request(requested.target(), nowNanos);
        } else if (input instanceof Input.SeedNodesResolved resolved) {
            rounds.seedNodes(resolved.addresses());
        } else if (input instanceof Input.LiveNodesWatched) {
            rounds.watchLiveNodes();
        } else if (input instanceof Input.Reconfigured changed) {
            reconfigure(changed.config(), nowNanos);
        } else if (input instanceof Input.LeaveRequested) {
            ownState.setReserved(ReservedKeys.STATE, Optional.of(ReservedKeys.LEAVING), nowNanos);
            rounds.farewell(nowNanos);
        } else {
            throw new AssertionError("unhandled input: " + input);
        }
        return effects.drain();
    }

    /**
     * Runs a function with the state.
     *
     * @param function gets access for the time of the call; what it throws is returned in the step
     * @param nowNanos monotonic time, ns, not earlier than in the previous call
     * @param <T> what it returns
     * @return its result and what the shell must do
     */
    public <T> Step<T> withState(Function<? super ClusterAccess, ? extends T> function, long nowNanos) {
        effects.begin(nowNanos);
        ClusterAccess access =
                new EngineAccess(config, members, ownState, rounds, initiation, effects, report, nowNanos);
        try {
            T value = function.apply(access);
            return new Step<>(value, null, effects.drain());
        } catch (RuntimeException failure) {
            return new Step<>(null, failure, effects.drain());
        }
    }

    private void reconfigure(GossipConfig wanted, long nowNanos) {
        config.requireSameForLife(wanted);
        if (wanted.maxStreamBytes() != config.maxStreamBytes()) {
            codec = new MessageCodec(wanted.maxStreamBytes(), identities);
        }
        members.reconfigure(wanted, nowNanos);
        ownState.reconfigure(wanted);
        exchange.reconfigure(wanted);
        rounds.reconfigure(wanted);
        initiation.reconfigure(wanted);
        config = wanted;
    }

    private void receive(byte[] datagram, GossipAddress source, long nowNanos) {
        recogniseMembers(nowNanos);
        Decoded decoded = codec.decodeInPassing(datagram);
        if (decoded instanceof Envelope envelope) {
            ownState.beat();
            exchange.handle(envelope, datagram.length, source, nowNanos);
        } else if (decoded instanceof Malformed malformed) {
            counters.refused(malformed.error());
            effects.add(new Effect.Refused(malformed, source, datagram.length));
        }
    }

    // The table only saves allocations, so it may lag: else strangers who come and go would have it rebuilt each time.
    private void recogniseMembers(long nowNanos) {
        boolean stale = identitiesVersion != members.cluster.membershipVersion();
        if (stale && (identitiesVersion < 0 || nowNanos - identitiesAtNanos >= RECOGNISE_PAUSE_NANOS)) {
            identitiesVersion = members.cluster.membershipVersion();
            identitiesAtNanos = nowNanos;
            identities.replaceAll(members.cluster.inOrder().identities());
        }
    }
}
