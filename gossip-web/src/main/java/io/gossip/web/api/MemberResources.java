/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.event.MemberState;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.cluster.FollowedCluster;
import io.gossip.web.cluster.TaggedReads;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.document.Renderings;
import io.gossip.web.document.SharedRendering;
import io.gossip.web.request.Negotiation;
import io.gossip.web.request.Parameters;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.gossip.web.request.WaitTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /api/v1/cluster}, {@code /api/v1/members} and {@code /api/v1/members/{nodeId}}: who is there.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class MemberResources {
    private static final Set<String> WAIT_ONLY = Set.of(WaitTime.PARAMETER);
    private static final Set<String> FILTERS = Set.of("state", "service", "node_id", WaitTime.PARAMETER);
    private static final List<String> STATES = List.of("all", "live", "dead", "left");

    private final FollowedCluster cluster;
    private final TaggedReads reads;
    private final MemberSummaries summaries = new MemberSummaries();
    private final SharedRendering<ClusterSummary.Source, Document> clusterSummary;
    private final Renderings<MemberSummaries.Filter, ClusterPicture> lists;

    public MemberResources(Vertx vertx, FollowedCluster cluster, TaggedReads reads) {
        this.cluster = cluster;
        this.reads = reads;
        clusterSummary = new SharedRendering<>(vertx, ClusterSummary::render);
        lists = new Renderings<>(
                vertx,
                picture -> EntityTag.of(picture, MemberSummaries.LIST),
                filter -> picture -> summaries.list(filter, picture));
    }

    public void addTo(Resources resources, MemberRemoval removal) {
        resources.add(Resource.at("/api/v1/cluster").read(this::cluster));
        resources.add(
                Resource.at("/api/v1/members").read(this::members).write(HttpMethod.DELETE, removal::removeByQuery));
        resources.add(Resource.at("/api/v1/members/{nodeId}")
                .read(this::member)
                .write(HttpMethod.DELETE, removal::removeByPath));
    }

    /** How many members' fragments were written so far. */
    public long fragmentsMade() {
        return summaries.fragmentsMade();
    }

    /** The member of a name, of several generations the highest. */
    static MemberPicture find(ClusterPicture picture, String nodeId) {
        return picture.member(nodeId).orElseThrow(() -> new ProblemException(404, "there is no member of this name"));
    }

    private void cluster(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters parameters = Parameters.only(WAIT_ONLY).add(context.request().query());
        reads.answer(
                context,
                WaitTime.millis(parameters.get(WaitTime.PARAMETER)),
                ClusterSummary.REPRESENTATION,
                picture -> () -> clusterSummary.of(new ClusterSummary.Source(picture, cluster.protocolVersion())));
    }

    private void members(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters parameters = Parameters.only(FILTERS).add(context.request().query());
        MemberSummaries.Filter filter = new MemberSummaries.Filter(
                state(parameters.oneOf("state", STATES)), parameters.get("service"), parameters.get("node_id"));
        reads.answer(
                context,
                WaitTime.millis(parameters.get(WaitTime.PARAMETER)),
                MemberSummaries.LIST,
                picture -> () -> lists.of(filter, picture));
    }

    private void member(RoutingContext context) {
        Negotiation.require(context, Negotiation.JSON);
        Parameters parameters = Parameters.only(WAIT_ONLY).add(context.request().query());
        String nodeId = Resource.pathValue(context, "nodeId");
        reads.answer(context, WaitTime.millis(parameters.get(WaitTime.PARAMETER)), MemberSummaries.ONE, picture -> {
            MemberPicture member = find(picture, nodeId);
            return () -> Future.succeededFuture(MemberSummaries.one(picture, member));
        });
    }

    private static Optional<MemberState> state(String name) {
        return name.equals("all") ? Optional.empty() : Optional.of(MemberState.valueOf(name.toUpperCase(Locale.ROOT)));
    }
}
