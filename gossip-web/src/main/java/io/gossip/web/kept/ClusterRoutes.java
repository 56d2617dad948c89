/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.kept;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.web.cluster.Heartbeats;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.cluster.TaggedReads;
import io.gossip.web.document.SharedRendering;
import io.gossip.web.page.DashboardPage;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.gossip.web.request.WaitTime;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/**
 * What can be read: {@code GET /} and {@code GET /members} (contracts §2).
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class ClusterRoutes {
    private final TaggedReads reads;
    private final RecentAnswer<Heartbeats> heartbeats;
    private final StateRenderer stateRenderer = new StateRenderer();
    private final MembersRenderer membersRenderer = new MembersRenderer();
    private final SharedRendering<StateRenderer.Source, StateRenderer.Documents> states;
    private final SharedRendering<ClusterPicture, MembersRenderer.Documents> members;

    public ClusterRoutes(Vertx vertx, TaggedReads reads, RecentAnswer<Heartbeats> heartbeats) {
        this.reads = reads;
        this.heartbeats = heartbeats;
        states = new SharedRendering<>(vertx, stateRenderer::render);
        members = new SharedRendering<>(vertx, membersRenderer::render);
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/").read(this::state).detour(DashboardPage::isWantedBy, DashboardPage::redirect));
        resources.add(Resource.at("/members").read(this::members));
    }

    /** How many members' fragments were written so far, for both bodies. */
    public long fragmentsMade() {
        return stateRenderer.fragmentsMade() + membersRenderer.fragmentsMade();
    }

    private void state(RoutingContext context) {
        Parameters parameters = parameters(context, "ids");
        boolean shortIds = parameters.oneOf("ids", List.of("full", "short")).equals("short");
        reads.answer(
                context,
                WaitTime.millis(parameters.get(WaitTime.PARAMETER)),
                shortIds ? StateRenderer.SHORT_IDS : StateRenderer.FULL_IDS,
                picture -> () -> heartbeats
                        .get()
                        .compose(fresh -> states.of(new StateRenderer.Source(picture, fresh)))
                        .map(shortIds ? StateRenderer.Documents::shortIds : StateRenderer.Documents::fullIds));
    }

    private void members(RoutingContext context) {
        Parameters parameters = parameters(context, "all");
        boolean all = parameters.flag("all");
        reads.answer(
                context,
                WaitTime.millis(parameters.get(WaitTime.PARAMETER)),
                all ? MembersRenderer.ALL : MembersRenderer.LIVE,
                picture -> () -> members.of(picture)
                        .map(all ? MembersRenderer.Documents::all : MembersRenderer.Documents::live));
    }

    private static Parameters parameters(RoutingContext context, String name) {
        return new Parameters(Set.of(name, WaitTime.PARAMETER))
                .add(context.request().query());
    }
}
