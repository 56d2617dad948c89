/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.selection.PeerSelection;
import io.gossip.core.selection.PeerSelector;
import io.gossip.core.selection.Peers;
import io.gossip.core.state.ClusterState;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One gossip round (semantics §10): choose targets, beat, collect what is old, send SYNs, judge who is alive. */
final class Rounds {
    private GossipConfig config;
    private final Members members;
    private final OwnState ownState;
    private final Outgoing outgoing;
    private final Effects effects;
    private final Counters counters;
    private final Admission admission;
    private final LivenessSweep liveness;
    private final Suspects suspects;
    private final LiveNodesWatch liveNodes;
    private final StateBounds bounds;
    private final Solicited solicited;
    private final Initiation initiation;
    private final CatchUp catchUp;
    private final RandomGenerator random;
    private final PeerSelector selector = new PeerSelector();
    private Set<GossipAddress> seedNodes = Set.of();
    private @Nullable Peers peers;
    private long peersVersion;

    Rounds(
            GossipConfig config,
            Members members,
            OwnState ownState,
            Outgoing outgoing,
            Effects effects,
            Counters counters,
            Admission admission,
            LivenessSweep liveness,
            StateBounds bounds,
            Solicited solicited,
            Initiation initiation,
            CatchUp catchUp,
            RandomGenerator random) {
        this.config = config;
        this.members = members;
        this.ownState = ownState;
        this.outgoing = outgoing;
        this.effects = effects;
        this.counters = counters;
        this.admission = admission;
        this.liveness = liveness;
        this.suspects = liveness.suspects();
        this.liveNodes = new LiveNodesWatch(config, members, effects);
        this.bounds = bounds;
        this.solicited = solicited;
        this.initiation = initiation;
        this.catchUp = catchUp;
        this.random = random;
    }

    void reconfigure(GossipConfig wanted) {
        config = wanted;
        outgoing.reconfigure(wanted);
        admission.reconfigure(wanted);
        liveness.reconfigure(wanted);
        bounds.reconfigure(wanted);
        solicited.reconfigure(wanted);
    }

    void seedNodes(Set<GossipAddress> addresses) {
        seedNodes = new TreeSet<>(addresses); // an order of its own: a set's would change from run to run
        seedNodes.remove(config.self().gossipAddress());
        members.trust.seedNodes(Set.copyOf(seedNodes));
        peers = null;
    }

    List<GossipAddress> seedNodes() {
        return List.copyOf(seedNodes);
    }

    void run(long nowNanos) {
        counters.rounds++;
        catchUp.roundBegins();
        Peers peers = peers();
        PeerSelection targets = selector.select(peers, config.fanout(), random);
        members.hearing.roundBegan(nowNanos, peers.live().size());
        ownState.beat();
        collectExpired(nowNanos);
        GossipAddress reader = initiation.roundBegins();
        sendSyns(targets, nowNanos);
        if (reader != null) {
            send(outgoing.syn(ProtocolVersion.V1), reader, Effect.Purpose.LIVE, nowNanos);
        }
        liveness.run(nowNanos);
        admission.sweep(nowNanos);
        bounds.roundEnds();
        liveNodes.check();
    }

    void watchLiveNodes() {
        liveNodes.begin();
    }

    /** Says goodbye to as many members as a round would reach. */
    void farewell(long nowNanos) {
        PeerSelection targets = selector.select(peers(), config.fanout(), random);
        byte[] syn = outgoing.syn(initiation.version());
        for (GossipAddress target : targets.live()) {
            send(syn, target, Effect.Purpose.FAREWELL, nowNanos);
        }
    }

    void request(GossipAddress target, long nowNanos) {
        if (target.equals(config.self().gossipAddress())) {
            return;
        }
        send(outgoing.syn(initiation.towards(target)), target, Effect.Purpose.REQUESTED, nowNanos);
    }

    private void collectExpired(long nowNanos) {
        List<ClusterState.Collected> collected = members.cluster.collectExpired(
                nowNanos,
                config.tombstoneGrace().toNanos(),
                members.self,
                config.ownCollectionInterval().toNanos());
        for (ClusterState.Collected one : collected) {
            Member member = members.find(one.node().identity());
            if (member == null || !member.unlisted) {
                effects.changed(new ClusterEvent.KeysChanged(
                        one.node().identity(),
                        false,
                        one.node().maxVersion(),
                        one.node().lastGcVersion(),
                        one.changes()));
            }
        }
    }

    private void sendSyns(PeerSelection targets, long nowNanos) {
        if (targets.live().isEmpty() && targets.dead() == null && targets.seed() == null) {
            return;
        }
        byte[] syn = outgoing.syn(initiation.version()); // nothing changes between the SYNs of one round
        for (GossipAddress target : targets.live()) {
            send(syn, target, Effect.Purpose.LIVE, nowNanos);
        }
        for (Member suspect : suspects.toAsk()) {
            GossipAddress target = suspect.identity().gossipAddress();
            boolean reachable = suspect.isLive() && members.canBeElsewhere(target);
            if (reachable && !targets.live().contains(target)) {
                send(syn, target, Effect.Purpose.LIVE, nowNanos);
            }
        }
        if (targets.dead() != null) {
            send(synFor(targets.dead(), syn), targets.dead(), Effect.Purpose.DEAD, nowNanos);
        }
        if (targets.seed() != null) {
            send(synFor(targets.seed(), syn), targets.seed(), Effect.Purpose.SEED, nowNanos);
        }
    }

    private byte[] synFor(GossipAddress target, byte[] ofTheRound) {
        ProtocolVersion version = initiation.towards(target);
        return version == initiation.version() ? ofTheRound : outgoing.syn(version);
    }

    private void send(byte[] syn, GossipAddress target, Effect.Purpose purpose, long nowNanos) {
        solicited.asked(target, nowNanos);
        catchUp.asked(target);
        effects.send(new Effect.Send(syn, target, purpose, EngineStats.DatagramType.SYN));
    }

    /** Whom to choose from; collected anew when someone came, went, lived or died. */
    private Peers peers() {
        if (peers == null || peersVersion != members.peersVersion()) {
            peersVersion = members.peersVersion();
            peers = collectPeers();
        }
        return peers;
    }

    private Peers collectPeers() {
        Set<GossipAddress> known = new LinkedHashSet<>();
        Set<GossipAddress> live = new LinkedHashSet<>();
        Set<GossipAddress> dead = new LinkedHashSet<>();
        for (Member member : members.inOrder()) {
            GossipAddress address = member.identity().gossipAddress();
            if (members.canBeElsewhere(address) && !member.unlisted) {
                known.add(address);
                (member.isLive() ? live : dead).add(address);
            }
        }
        dead.removeAll(live); // an older generation at a live member's address needs no SYN of its own
        return new Peers(
                new ArrayList<>(known), new ArrayList<>(live), new ArrayList<>(dead), new ArrayList<>(seedNodes));
    }
}
