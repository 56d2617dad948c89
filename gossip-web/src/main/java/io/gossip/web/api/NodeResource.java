/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.identity.GossipAddress;
import io.gossip.eventbus.NodeStatus;
import io.gossip.transport.TransportHealth;
import io.gossip.transport.store.StoreHealth;
import io.gossip.web.cluster.Heartbeats;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.document.JsonText;
import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * {@code GET /api/v1/node}: what somebody who looks for a mistake wants to know of the node itself, and no publication
 * tells. The node is asked once for all who ask within a moment; addresses of seed nodes may be a gossip interval old.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class NodeResource {
    private final RecentAnswer<NodeStatus> statuses;
    private final RecentAnswer<Heartbeats> heartbeats;
    private final int maxDatagramBytes;
    private final LongSupplier wallClockMillis;

    public NodeResource(
            RecentAnswer<NodeStatus> statuses,
            RecentAnswer<Heartbeats> heartbeats,
            int maxDatagramBytes,
            LongSupplier wallClockMillis) {
        this.statuses = statuses;
        this.heartbeats = heartbeats;
        this.maxDatagramBytes = maxDatagramBytes;
        this.wallClockMillis = wallClockMillis;
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/node").read(this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters.only(Set.of()).add(context.request().query());
        Future<NodeStatus> status = statuses.get();
        heartbeats
                .get()
                .compose(fresh -> status.map(known -> render(known, fresh.seedAddresses())))
                .onComplete(body -> JsonAnswer.send(context, body), context::fail);
    }

    private Buffer render(NodeStatus status, List<GossipAddress> seedNodes) {
        return Buffer.buffer(JsonText.bytes(json -> {
            json.writeStartObject();
            JsonText.unsigned(json, "sequence", status.sequence());
            JsonText.text(json, "cluster_id", status.clusterId());
            json.writeFieldName("self");
            JsonText.identity(json, status.self());
            json.writeNumberField("time_ms", wallClockMillis.getAsLong());
            json.writeStringField(
                    "protocol_version", status.protocolVersion().name().toLowerCase(Locale.ROOT));
            transport(json, status.transport());
            store(json, status.store());
            json.writeObjectFieldStart("readiness");
            json.writeBooleanField("ready", status.readiness().ready());
            JsonText.text(json, "reason", status.readiness().reason());
            json.writeEndObject();
            json.writeArrayFieldStart("seed_nodes");
            for (GossipAddress seedNode : seedNodes) {
                json.writeString(seedNode.toString());
            }
            json.writeEndArray();
            engine(json, status.stats());
            json.writeEndObject();
        }));
    }

    private static void transport(JsonGenerator json, TransportHealth health) throws IOException {
        json.writeObjectFieldStart("transport");
        json.writeStringField("state", health.state().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("send_failures", health.sendFailures());
        lastError(json, health.lastError());
        json.writeEndObject();
    }

    private static void store(JsonGenerator json, StoreHealth health) throws IOException {
        json.writeObjectFieldStart("store");
        json.writeStringField("state", health.state().name().toLowerCase(Locale.ROOT));
        json.writeNumberField("failures", health.failures());
        lastError(json, health.lastError());
        json.writeEndObject();
    }

    private static void lastError(JsonGenerator json, Optional<String> error) throws IOException {
        json.writeFieldName("last_error");
        if (error.isPresent()) {
            json.writeString(JsonText.wellFormed(error.get()));
        } else {
            json.writeNull();
        }
    }

    private void engine(JsonGenerator json, EngineStats stats) throws IOException {
        json.writeObjectFieldStart("digest");
        json.writeNumberField("bytes", stats.digestBytes());
        json.writeNumberField("limit", maxDatagramBytes);
        json.writeNumberField("partial", stats.digestsPartial());
        json.writeEndObject();
        json.writeNumberField("rounds", stats.rounds());
        json.writeNumberField("bad_clusters", stats.badClusters());
        EngineStats.Traffic refusals = stats.received().get(EngineStats.DatagramType.BAD_CLUSTER);
        json.writeNumberField("bad_cluster_answers", refusals == null ? 0 : refusals.datagrams());
        json.writeBooleanField("answered", stats.answered());
        json.writeBooleanField("superseded", stats.superseded());
    }
}
