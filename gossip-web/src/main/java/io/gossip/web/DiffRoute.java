/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/diff?node_id=ID[&keys_of=ID]}: what this node believes versus another member. */
final class DiffRoute {
    private static final String PATH = "/api/v1/diff";
    private static final Set<String> PARAMETERS = Set.of("node_id", "keys_of");

    private final @Nullable PeerViews views;

    /**
     * The route.
     *
     * @param views null if comparing is switched off
     */
    DiffRoute(@Nullable PeerViews views) {
        this.views = views;
    }

    void addTo(Resources resources) {
        resources.add(Resource.at(PATH).read(this::answer));
    }

    private void answer(RoutingContext context) {
        PeerViews allowed = views;
        if (allowed == null) {
            throw new ProblemException(403, "this node is set up not to ask other members (compareMembers)");
        }
        Parameters parameters =
                new Parameters(PARAMETERS).add(context.request().query());
        String other = parameters
                .get("node_id")
                .orElseThrow(() -> new ProblemException(400, "parameter 'node_id' is missing"));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            describe(context).end(); // not worth a question
            return;
        }
        allowed.compare(new PeerViews.Question(other, parameters.get("keys_of")))
                .onComplete(diff -> send(context, diff), context::fail);
    }

    private static void send(RoutingContext context, JsonObject diff) {
        describe(context).end(diff.toBuffer());
    }

    private static HttpServerResponse describe(RoutingContext context) {
        return context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
