/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import io.gossip.web.request.JsonAnswer;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** {@code GET /api/v1/diff?node_id=ID[&keys_of=ID]}: what this node believes versus another member. */
public final class DiffResource {
    private static final String PATH = "/api/v1/diff";
    private static final Set<String> PARAMETERS = Set.of("node_id", "keys_of");

    private final Optional<PeerViews> views;

    /**
     * The resource.
     *
     * @param views empty if this node may ask nobody
     */
    public DiffResource(Optional<PeerViews> views) {
        this.views = views;
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at(PATH).read(this::answer));
    }

    private void answer(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        PeerViews allowed = views.orElseThrow(
                () -> new ProblemException(403, "this node is set up not to ask other members (compareMembers)"));
        Parameters parameters =
                Parameters.only(PARAMETERS).add(context.request().query());
        String other = parameters
                .get("node_id")
                .orElseThrow(() -> new ProblemException(400, "parameter 'node_id' is missing"));
        allowed.compare(new PeerViews.Question(other, parameters.get("keys_of")))
                .onComplete(diff -> JsonAnswer.send(context, diff.toBuffer()), context::fail);
    }
}
