/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.MemberVitals;
import io.gossip.core.engine.WriteResult;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeSnapshot;
import io.gossip.core.state.VersionedValue;
import io.gossip.core.wire.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/** Access that tells of each attempt to write before it is carried out, so that it can be noted or refused. */
final class WatchedAccess implements ClusterAccess {
    private final ClusterAccess state;
    private final Runnable beforeKey;
    private final Runnable beforeOther;

    /** Either refuses a write by throwing: of a key of the user's, or of anything else. */
    WatchedAccess(ClusterAccess state, Runnable beforeKey, Runnable beforeOther) {
        this.state = state;
        this.beforeKey = beforeKey;
        this.beforeOther = beforeOther;
    }

    @Override
    public NodeIdentity self() {
        return state.self();
    }

    @Override
    public ProtocolVersion protocolVersion() {
        return state.protocolVersion();
    }

    @Override
    public String clusterId() {
        return state.clusterId();
    }

    @Override
    public WriteResult set(String key, String value) {
        beforeKey.run();
        return state.set(key, value);
    }

    @Override
    public WriteResult setWithTtl(String key, String value) {
        beforeKey.run();
        return state.setWithTtl(key, value);
    }

    @Override
    public WriteResult delete(String key) {
        beforeKey.run();
        return state.delete(key);
    }

    @Override
    public WriteResult deleteAfterTtl(String key) {
        beforeKey.run();
        return state.deleteAfterTtl(key);
    }

    @Override
    public WriteResult touch(String key) {
        beforeKey.run();
        return state.touch(key);
    }

    @Override
    public WriteResult setReserved(String key, Optional<String> value) {
        beforeOther.run();
        return state.setReserved(key, value);
    }

    @Override
    public Optional<String> get(String key) {
        return state.get(key);
    }

    @Override
    public Optional<VersionedValue> getVersioned(NodeIdentity member, String key) {
        return state.getVersioned(member, key);
    }

    @Override
    public List<KeyMutation> keys(NodeIdentity member, String prefix) {
        return state.keys(member, prefix);
    }

    @Override
    public Optional<NodeSnapshot> node(NodeIdentity member) {
        return state.node(member);
    }

    @Override
    public ClusterSnapshot snapshot() {
        return state.snapshot();
    }

    @Override
    public List<NodeIdentity> liveNodes() {
        return state.liveNodes();
    }

    @Override
    public List<NodeIdentity> deadNodes() {
        return state.deadNodes();
    }

    @Override
    public List<NodeIdentity> scheduledForDeletionNodes() {
        return state.scheduledForDeletionNodes();
    }

    @Override
    public List<MemberVitals> vitals() {
        return state.vitals();
    }

    @Override
    public EngineStats stats() {
        return state.stats();
    }

    @Override
    public boolean resetNodeStateIfUpdate(
            NodeIdentity member, List<KeyMutation> entries, long maxVersion, long lastGcVersion) {
        beforeOther.run();
        return state.resetNodeStateIfUpdate(member, entries, maxVersion, lastGcVersion);
    }

    @Override
    public boolean remove(NodeIdentity member) {
        beforeOther.run();
        return state.remove(member);
    }
}
