/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What can be read: {@code GET /} and {@code GET /members} (contracts §2).
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class ClusterRoutes {
    private final FollowedCluster cluster;
    private final HeartbeatSource heartbeats;
    private final StateRenderer stateRenderer = new StateRenderer();
    private final MembersRenderer membersRenderer = new MembersRenderer();
    private final SharedRendering<StateRenderer.Source, StateRenderer.Documents> states;
    private final SharedRendering<ClusterPicture, MembersRenderer.Documents> members;

    ClusterRoutes(Vertx vertx, FollowedCluster cluster, HeartbeatSource heartbeats) {
        this.cluster = cluster;
        this.heartbeats = heartbeats;
        states = new SharedRendering<>(vertx, stateRenderer::render);
        members = new SharedRendering<>(vertx, membersRenderer::render);
    }

    void addTo(Resources resources) {
        resources.add(Resource.at("/").read(this::state));
        resources.add(Resource.at("/members").read(this::members));
    }

    /** How many members' fragments were written so far, for both bodies. */
    long fragmentsMade() {
        return stateRenderer.fragmentsMade() + membersRenderer.fragmentsMade();
    }

    private void state(RoutingContext context) {
        if (DashboardPage.isWantedBy(context)) {
            DashboardPage.redirect(context);
            return;
        }
        boolean shortIds = choice(context, "ids", "full", "short");
        answer(
                context,
                shortIds ? StateRenderer.SHORT_IDS : StateRenderer.FULL_IDS,
                picture -> heartbeats
                        .fresh()
                        .compose(fresh -> states.of(new StateRenderer.Source(picture, fresh)))
                        .map(shortIds ? StateRenderer.Documents::shortIds : StateRenderer.Documents::fullIds));
    }

    private void members(RoutingContext context) {
        boolean all = choice(context, "all", "false", "true");
        answer(
                context,
                all ? MembersRenderer.ALL : MembersRenderer.LIVE,
                picture -> members.of(picture)
                        .map(all ? MembersRenderer.Documents::all : MembersRenderer.Documents::live));
    }

    /** What headers alone can say is said without making the document. */
    private void answer(
            RoutingContext context, String representation, Function<ClusterPicture, Future<Document>> maker) {
        cluster.picture()
                .compose(picture -> DocumentResponse.answeredWithoutBody(context, EntityTag.of(picture, representation))
                        ? Future.succeededFuture(Optional.<Document>empty())
                        : maker.apply(picture).map(Optional::of))
                .onComplete(
                        made -> made.ifPresent(document -> DocumentResponse.send(context, document)), context::fail);
    }

    /** Whether an optional parameter has its second value; any but the two is a mistake that silence would hide. */
    private static boolean choice(RoutingContext context, String name, String first, String second) {
        String value = new Parameters(Set.of(name))
                .add(context.request().query())
                .get(name)
                .orElse(first);
        if (!value.equals(first) && !value.equals(second)) {
            throw new ProblemException(400, "parameter '" + name + "' must be '" + first + "' or '" + second + "'");
        }
        return value.equals(second);
    }
}
