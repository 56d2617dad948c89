/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

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

    void mount(Router router) {
        Resource.at("/").read(this::state).mount(router);
        Resource.at("/members").read(this::members).mount(router);
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
        String representation = shortIds ? StateRenderer.SHORT_IDS : StateRenderer.FULL_IDS;
        if (!DocumentResponse.answeredAsUnchanged(context, EntityTag.of(cluster.picture(), representation))) {
            Future<StateRenderer.Documents> latest =
                    heartbeats.fresh().compose(fresh -> states.of(new StateRenderer.Source(cluster.picture(), fresh)));
            send(context, latest.map(shortIds ? StateRenderer.Documents::shortIds : StateRenderer.Documents::fullIds));
        }
    }

    private void members(RoutingContext context) {
        boolean all = choice(context, "all", "false", "true");
        String representation = all ? MembersRenderer.ALL : MembersRenderer.LIVE;
        if (!DocumentResponse.answeredAsUnchanged(context, EntityTag.of(cluster.picture(), representation))) {
            Future<MembersRenderer.Documents> latest = members.of(cluster.picture());
            send(context, latest.map(all ? MembersRenderer.Documents::all : MembersRenderer.Documents::live));
        }
    }

    private static void send(RoutingContext context, Future<Document> document) {
        document.onComplete(made -> DocumentResponse.send(context, made), context::fail);
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
