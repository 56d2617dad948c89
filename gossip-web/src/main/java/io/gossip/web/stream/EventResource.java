/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import io.gossip.web.cluster.FollowedCluster;
import io.gossip.web.pace.Turns;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * {@code GET /api/v1/events}: Server-Sent Events.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class EventResource {
    private static final String LAST_EVENT_ID = "last_event_id";

    private final FollowedCluster cluster;
    private final EventStreams streams;
    private final Turns turns;

    public EventResource(FollowedCluster cluster, EventStreams streams, Turns turns) {
        this.cluster = cluster;
        this.streams = streams;
        this.turns = turns;
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/api/v1/events").read(this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.EVENTS);
        Parameters parameters =
                Parameters.only(Set.of(LAST_EVENT_ID)).add(context.request().query());
        // The header is what a browser sends when it comes back: later than what it was told to begin with.
        Optional<String> lastEventId = Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .or(() -> parameters.get(LAST_EVENT_ID));
        turns.tell(cluster.picture(), present -> open(context, EventId.parse(lastEventId)), context::fail);
    }

    private void open(RoutingContext context, Optional<EventId> lastEventId) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        try {
            cluster.current(); // may be gone since the turn was asked for
            streams.checkRoom();
        } catch (ProblemException problem) {
            context.fail(problem);
            return;
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            describe(response).end();
        } else {
            streams.open(describe(response.setChunked(true)), lastEventId);
        }
    }

    private static HttpServerResponse describe(HttpServerResponse response) {
        return response.putHeader("Content-Type", Negotiation.EVENTS)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Accel-Buffering", "no"); // a proxy must pass events on at once
    }
}
