/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.MemberVitals;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.transport.TransportHealth;
import io.gossip.transport.store.StoreHealth;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How the node itself fares, the answer to a question about it: what no publication tells, because it changes all the time.
 *
 * @param sequence the last publication
 * @param clusterId the cluster
 * @param self this node
 * @param protocolVersion version in which it opens handshakes
 * @param transport how its socket does
 * @param store how what it remembers is stored
 * @param stats counters and gauges of the engine
 * @param vitals what the failure detector thinks of each listed member but this node, in identity order
 * @param readiness whether it may be relied on
 */
public record NodeStatus(
        long sequence,
        String clusterId,
        NodeIdentity self,
        ProtocolVersion protocolVersion,
        TransportHealth transport,
        StoreHealth store,
        EngineStats stats,
        List<MemberVitals> vitals,
        Readiness readiness) {
    /**
     * Copies the list.
     *
     * @param sequence the last publication
     * @param clusterId the cluster
     * @param self this node
     * @param protocolVersion version in which it opens handshakes
     * @param transport how its socket does
     * @param store how what it remembers is stored
     * @param stats counters and gauges of the engine
     * @param vitals what the failure detector thinks of each listed member but this node, in identity order
     * @param readiness whether it may be relied on
     */
    public NodeStatus {
        vitals = List.copyOf(vitals);
    }

    /**
     * The status as JSON: {@code {"sequence","cluster_id","self":ID,"protocol_version","transport":{"state","last_error"},"store":{"state","last_error"},"members":{"live","dead","left"},
     * "readiness":{"ready","reason"},"rounds","answered","superseded","vitals":[{"id":ID,"state","phi","silence_ms","detection_timeout_ms",
     * "removed_in_ms","heartbeat"}…]}}; what is not known yet is null. Most counters are left to the metrics.
     *
     * @return the JSON
     */
    public JsonObject toJson() {
        return StatusJson.write(this);
    }
}
