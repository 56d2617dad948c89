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

/** The state of a closed node: it can be read, but nobody would hear of what is written. */
final class ClosedAccess implements ClusterAccess {
    private final ClusterAccess state;

    ClosedAccess(ClusterAccess state) {
        this.state = state;
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the node is closed");
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
        throw closed();
    }

    @Override
    public WriteResult setWithTtl(String key, String value) {
        throw closed();
    }

    @Override
    public WriteResult delete(String key) {
        throw closed();
    }

    @Override
    public WriteResult deleteAfterTtl(String key) {
        throw closed();
    }

    @Override
    public WriteResult touch(String key) {
        throw closed();
    }

    @Override
    public WriteResult setReserved(String key, Optional<String> value) {
        throw closed();
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
        throw closed();
    }

    @Override
    public boolean remove(NodeIdentity member) {
        throw closed();
    }
}
