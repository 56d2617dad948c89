/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.GossipService;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * {@code POST /api/v1/leave}: this member says goodbye. Who runs it is told once the answer is out.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class LeaveResource {
    private final GossipService service;
    private final Runnable afterwards;

    LeaveResource(GossipService service, Runnable afterwards) {
        this.service = service;
        this.afterwards = afterwards;
    }

    void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/leave").write(HttpMethod.POST, this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters.only(Set.of()).add(context.request().query());
        service.status()
                .compose(status -> service.leave().map(left -> status.self()))
                .onComplete(self -> answer(context, self), context::fail);
    }

    // Also if the client is gone by now: the goodbye is not taken back.
    private void answer(RoutingContext context, NodeIdentity self) {
        context.addEndHandler(ended -> afterwards.run());
        JsonAnswer.send(context, Buffer.buffer(JsonText.bytes(json -> {
            json.writeStartObject();
            json.writeFieldName("left");
            JsonText.identity(json, self);
            json.writeEndObject();
        })));
    }
}
