/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to start a member of either kind. */
final class PeerOptions {
    final String nodeId;
    final List<String> seedNodes = new ArrayList<>();
    final Map<String, String> keyValues = new LinkedHashMap<>();
    String host;
    ProtocolVersion protocol;
    boolean auto; // only Java members choose

    @Nullable
    GossipAddress advertise; // only of Rust members; null: where it listens

    String clusterId = "interop";
    long generation = 1;
    int port; // 0: any free one
    Duration interval = Duration.ofMillis(100);
    Duration initialInterval = Duration.ofMillis(300);
    Duration tombstoneGrace = Duration.ofHours(1);
    Duration deadNodeGrace = Duration.ofHours(24);
    double phiThreshold = 8;
    boolean virtualTime;
    long replyLimitBytes = 1024 * 1024; // only Java members have one

    PeerOptions(String nodeId, Setting setting) {
        this.nodeId = nodeId;
        this.host = setting.host;
        this.protocol = setting.protocol;
    }

    PeerOptions seedNode(Peer peer) {
        seedNodes.add(peer.address().toString());
        return this;
    }

    PeerOptions seedNode(GossipAddress address) {
        seedNodes.add(address.toString());
        return this;
    }

    PeerOptions keyValue(String key, String value) {
        keyValues.put(key, value);
        return this;
    }

    PeerOptions protocol(ProtocolVersion value) {
        protocol = value;
        return this;
    }

    PeerOptions protocolAuto() {
        auto = true;
        return this;
    }

    PeerOptions advertise(GossipAddress value) {
        advertise = value;
        return this;
    }

    PeerOptions clusterId(String value) {
        clusterId = value;
        return this;
    }

    PeerOptions generation(long value) {
        generation = value;
        return this;
    }

    /** At this port; a member in virtual time needs one, though it opens no socket. */
    PeerOptions port(int value) {
        port = value;
        return this;
    }

    /** At the address of a member that has ended. */
    PeerOptions inPlaceOf(Peer peer) {
        port = peer.address().port();
        return this;
    }

    PeerOptions interval(Duration value) {
        interval = value;
        return this;
    }

    PeerOptions initialInterval(Duration value) {
        initialInterval = value;
        return this;
    }

    PeerOptions tombstoneGrace(Duration value) {
        tombstoneGrace = value;
        return this;
    }

    PeerOptions deadNodeGrace(Duration value) {
        deadNodeGrace = value;
        return this;
    }

    PeerOptions phiThreshold(double value) {
        phiThreshold = value;
        return this;
    }

    PeerOptions replyLimitBytes(long value) {
        replyLimitBytes = value;
        return this;
    }
}
