/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.engine.MemberVitals;
import io.gossip.eventbus.NodeStatus;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.document.JsonText;
import io.gossip.web.document.SharedRendering;
import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /api/v1/vitals}: what the failure detector thinks now, or thought a moment ago: the node is asked, and its
 * answer written, once for all who ask at the same time ({@link RecentAnswer}).
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class VitalsResource {
    private final RecentAnswer<NodeStatus> statuses;
    private final SharedRendering<NodeStatus, Buffer> rendering;

    public VitalsResource(Vertx vertx, RecentAnswer<NodeStatus> statuses) {
        this.statuses = statuses;
        rendering = new SharedRendering<>(vertx, VitalsResource::render);
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/vitals").read(this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters.only(Set.of()).add(context.request().query());
        statuses.get().compose(rendering::of).onComplete(body -> JsonAnswer.send(context, body), context::fail);
    }

    private static Buffer render(NodeStatus status) {
        return Buffer.buffer(JsonText.bytes(json -> {
            json.writeStartObject();
            JsonText.unsigned(json, "sequence", status.sequence());
            JsonText.text(json, "cluster_id", status.clusterId());
            json.writeFieldName("self");
            JsonText.identity(json, status.self());
            json.writeArrayFieldStart("members");
            for (MemberVitals member : status.vitals()) {
                write(json, member);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void write(JsonGenerator json, MemberVitals member) throws IOException {
        json.writeStartObject();
        json.writeFieldName("id");
        JsonText.identity(json, member.identity());
        json.writeStringField("state", JsonText.name(member.state()));
        json.writeFieldName("phi");
        number(json, member.phi());
        millis(json, "silence_ms", member.silenceNanos());
        millis(json, "detection_timeout_ms", member.detectionTimeoutNanos());
        millis(json, "removed_in_ms", member.removedInNanos());
        JsonText.unsigned(json, "heartbeat", member.heartbeat());
        json.writeEndObject();
    }

    // JSON has no word for infinity.
    private static void number(JsonGenerator json, OptionalDouble value) throws IOException {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.writeNumber(value.getAsDouble());
        } else {
            json.writeNull();
        }
    }

    private static void millis(JsonGenerator json, String field, OptionalLong nanos) throws IOException {
        json.writeFieldName(field);
        if (nanos.isPresent()) {
            json.writeNumber(TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong()));
        } else {
            json.writeNull();
        }
    }
}
