/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.AppliedDelta;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.VersionedValue;
import io.gossip.core.wire.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The engine's state for the time of one function, at one moment. */
final class EngineAccess implements ClusterAccess {
    private final GossipConfig config;
    private final Members members;
    private final OwnState ownState;
    private final Rounds rounds;
    private final Initiation initiation;
    private final Effects effects;
    private final EngineReport report;
    private final long nowNanos;

    EngineAccess(
            GossipConfig config,
            Members members,
            OwnState ownState,
            Rounds rounds,
            Initiation initiation,
            Effects effects,
            EngineReport report,
            long nowNanos) {
        this.config = config;
        this.members = members;
        this.ownState = ownState;
        this.rounds = rounds;
        this.initiation = initiation;
        this.effects = effects;
        this.report = report;
        this.nowNanos = nowNanos;
    }

    @Override
    public NodeIdentity self() {
        return config.self();
    }

    @Override
    public ProtocolVersion protocolVersion() {
        return initiation.version();
    }

    @Override
    public String clusterId() {
        return config.clusterId();
    }

    @Override
    public WriteResult set(String key, String value) {
        return ownState.set(key, value, nowNanos);
    }

    @Override
    public WriteResult setWithTtl(String key, String value) {
        return ownState.setWithTtl(key, value, nowNanos);
    }

    @Override
    public WriteResult delete(String key) {
        return ownState.delete(key, nowNanos);
    }

    @Override
    public WriteResult deleteAfterTtl(String key) {
        return ownState.deleteAfterTtl(key, nowNanos);
    }

    @Override
    public WriteResult touch(String key) {
        return ownState.touch(key, nowNanos);
    }

    @Override
    public WriteResult setReserved(String key, Optional<String> value) {
        return ownState.setReserved(key, value, nowNanos);
    }

    @Override
    public Optional<String> get(String key) {
        return members.self.value(key);
    }

    @Override
    public Optional<VersionedValue> getVersioned(NodeIdentity member, String key) {
        NodeState node = listed(member);
        return node == null ? Optional.empty() : Optional.ofNullable(node.get(key));
    }

    @Override
    public List<KeyMutation> keys(NodeIdentity member, String prefix) {
        NodeState node = listed(member);
        return node == null ? List.of() : node.visible(prefix);
    }

    @Override
    public Optional<NodeSnapshot> node(NodeIdentity member) {
        NodeState node = listed(member);
        return node == null ? Optional.empty() : Optional.of(node.snapshot());
    }

    @Override
    public ClusterSnapshot snapshot() {
        List<MemberSnapshot> listed = new ArrayList<>();
        for (NodeState node : members.cluster.inOrder()) {
            Member member = members.find(node.identity());
            if (member == null) {
                listed.add(new MemberSnapshot(node.snapshot(), MemberState.LIVE));
            } else if (!member.unlisted) {
                listed.add(new MemberSnapshot(node.snapshot(), member.state));
            }
        }
        return new ClusterSnapshot(config.clusterId(), config.self(), listed, rounds.seedNodes());
    }

    @Override
    public List<NodeIdentity> liveNodes() {
        return identitiesThatAre(true);
    }

    @Override
    public List<NodeIdentity> deadNodes() {
        return identitiesThatAre(false);
    }

    @Override
    public List<NodeIdentity> scheduledForDeletionNodes() {
        return members.inOrder().stream()
                .filter(member -> member.scheduledForDeletion && !member.unlisted)
                .map(Member::identity)
                .toList();
    }

    private List<NodeIdentity> identitiesThatAre(boolean live) {
        List<NodeIdentity> identities = new ArrayList<>();
        for (NodeState node : members.cluster.inOrder()) {
            Member member = members.find(node.identity());
            boolean isLive = member == null || member.isLive();
            if (isLive == live && (member == null || !member.unlisted)) {
                identities.add(node.identity());
            }
        }
        return identities;
    }

    @Override
    public List<MemberVitals> vitals() {
        List<MemberVitals> vitals = new ArrayList<>();
        for (Member member : members.inOrder()) {
            if (!member.unlisted) {
                vitals.add(vitalsOf(member));
            }
        }
        return vitals;
    }

    private MemberVitals vitalsOf(Member member) {
        int slot = member.slot();
        long listenedNanos = members.hearing.listenedNanos(nowNanos);
        double phi = members.detector.phi(slot, listenedNanos);
        double timeout = members.detector.detectionTimeoutNanos(slot);
        long silence = members.detector.silenceNanos(slot, listenedNanos);
        long removedIn = member.deadSinceNanos + config.deadNodeGrace().toNanos() - nowNanos;
        return new MemberVitals(
                member.identity(),
                member.state,
                Double.isNaN(phi) ? OptionalDouble.empty() : OptionalDouble.of(phi),
                silence < 0 ? OptionalLong.empty() : OptionalLong.of(silence),
                Double.isNaN(timeout) ? OptionalLong.empty() : OptionalLong.of((long) timeout),
                member.isLive() ? OptionalLong.empty() : OptionalLong.of(Math.max(0, removedIn)),
                members.heartbeats.believed(slot));
    }

    @Override
    public EngineStats stats() {
        return report.stats();
    }

    @Override
    public boolean resetNodeStateIfUpdate(
            NodeIdentity identity, List<KeyMutation> entries, long maxVersion, long lastGcVersion) {
        if (identity.equals(config.self())) {
            throw new IllegalArgumentException("a node's own state is only written by itself: " + identity);
        }
        Member member = members.find(identity);
        if (member == null) {
            if (members.deadNodes.contains(identity) || members.isFull()) {
                return false;
            }
            new NodeState(identity)
                    .replaceIfNewer(entries, maxVersion, lastGcVersion, nowNanos); // throws before we act
            member = members.admit(identity, Member.Origin.PROVEN, 0, nowNanos);
        }
        Optional<AppliedDelta> applied = member.node.replaceIfNewer(entries, maxVersion, lastGcVersion, nowNanos);
        if (applied.isPresent() && !member.unlisted) {
            effects.changed(new ClusterEvent.KeysChanged(
                    identity,
                    applied.get().reset(),
                    maxVersion,
                    lastGcVersion,
                    applied.get().changes()));
        }
        if (applied.isPresent()) {
            members.noticeGoodbye(member, nowNanos);
        }
        return applied.isPresent();
    }

    @Override
    public boolean remove(NodeIdentity identity) {
        Member member = members.find(identity);
        if (member == null || member.isLive() || member.unlisted) {
            return false;
        }
        members.unlist(member);
        return true;
    }

    private @Nullable NodeState listed(NodeIdentity identity) {
        Member member = members.find(identity);
        if (member != null) {
            return member.unlisted ? null : member.node;
        }
        return identity.equals(config.self()) ? members.self : null;
    }
}
