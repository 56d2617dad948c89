/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.GossipService;
import io.gossip.web.document.JsonText;
import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * {@code POST /api/v1/leave?node_id=ID}: this member says goodbye, if it is the one that is meant. Who runs it is told once
 * the answer is out.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class LeaveResource {
    private final GossipService service;
    private final Runnable afterwards;

    public LeaveResource(GossipService service, Runnable afterwards) {
        this.service = service;
        this.afterwards = afterwards;
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/leave").write(HttpMethod.POST, this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters parameters =
                Parameters.only(Set.of("node_id")).add(context.request().query());
        String meant = parameters
                .get("node_id")
                .orElseThrow(() -> new ProblemException(400, "parameter 'node_id' is missing: who is to leave"));
        Promise<Void> over = Promise.promise(); // the answer is out, or the client is gone, even before it has one
        context.addEndHandler(ended -> over.tryComplete());
        service.status()
                .compose(status -> leave(status.self(), meant))
                .onSuccess(self -> over.future().onComplete(ended -> afterwards.run()))
                .onComplete(self -> answer(context, self), context::fail);
    }

    // Nobody who took a wrong address, or tries all that the API has, is to end a process by that.
    private Future<NodeIdentity> leave(NodeIdentity self, String meant) {
        if (!self.nodeId().equals(meant)) {
            throw new ProblemException(409, "this member is " + self.nodeId() + ", another one is to leave");
        }
        return service.leave().map(left -> self);
    }

    private static void answer(RoutingContext context, NodeIdentity self) {
        if (context.response().closed()) {
            return; // the goodbye is not taken back, but nobody hears of it
        }
        JsonAnswer.send(context, Buffer.buffer(JsonText.bytes(json -> {
            json.writeStartObject();
            json.writeFieldName("left");
            JsonText.identity(json, self);
            json.writeEndObject();
        })));
    }
}
