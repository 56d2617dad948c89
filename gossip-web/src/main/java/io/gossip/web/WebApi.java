/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.NodeStatus;
import io.gossip.web.api.KeyResources;
import io.gossip.web.api.KeyWrites;
import io.gossip.web.api.LeaveResource;
import io.gossip.web.api.MemberRemoval;
import io.gossip.web.api.MemberResources;
import io.gossip.web.api.NodeResource;
import io.gossip.web.api.ReloadResource;
import io.gossip.web.api.VitalsResource;
import io.gossip.web.cluster.ClusterFollower;
import io.gossip.web.cluster.FollowedCluster;
import io.gossip.web.cluster.Heartbeats;
import io.gossip.web.cluster.HeldAnswers;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.cluster.TaggedReads;
import io.gossip.web.compare.DiffResource;
import io.gossip.web.compare.PeerViews;
import io.gossip.web.document.BodyWriters;
import io.gossip.web.kept.ClusterRoutes;
import io.gossip.web.kept.WriteRoutes;
import io.gossip.web.pace.Turns;
import io.gossip.web.request.Resources;
import io.gossip.web.stream.EventResource;
import io.gossip.web.stream.EventStreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is shown of one node, and what keeps it up to date.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class WebApi {
    private static final long KEEP_ALIVE_MILLIS = 15_000; // proxies close what is silent for 30 s or more
    private static final long WATCH_MILLIS = 1_000;
    private static final Duration STATUS_KEPT = Duration.ofMillis(100); // documented in docs/http-api.md
    private static final String STOPPING = "the web interface is stopping";

    private final Vertx vertx;
    private final Turns turns;
    private final GossipWebOptions options;
    private final GossipService service;
    private final RecentAnswer<NodeStatus> statuses;
    private final RecentAnswer<Heartbeats> heartbeats;
    private final FollowedCluster cluster;
    private final HeldAnswers held;
    private final BodyWriters writers;
    private final EventStreams streams;
    private final ClusterRoutes kept;
    private final MemberResources members;
    private final KeyResources keys;
    private final MemberRemoval removal;
    private final NodeResource node;
    private final LeaveResource leave;
    private final ReloadResource reload;

    WebApi(Vertx vertx, GossipWebOptions options, Turns turns, Keeper keeper) {
        this.vertx = vertx;
        this.turns = turns;
        this.options = options;
        service = GossipService.create(vertx, options.getAddressPrefix());
        statuses = new RecentAnswer<>(service::status, STATUS_KEPT, System::nanoTime);
        Duration interval = Duration.ofMillis(options.getGossipIntervalMillis());
        held = new HeldAnswers(vertx, turns, options.getMaxHeldAnswers());
        writers = BodyWriters.on(turns);
        streams = new EventStreams(vertx, turns, options.getMaxEventStreams(), options.getEventLogBytes());
        cluster = new FollowedCluster(vertx, options.getAddressPrefix(), service, interval, System::nanoTime)
                .tell(held)
                .tell(streams);
        TaggedReads reads = new TaggedReads(cluster, held, writers, turns);
        heartbeats = new RecentAnswer<>(() -> service.snapshot().map(Heartbeats::new), interval, System::nanoTime);
        kept = new ClusterRoutes(vertx, reads, heartbeats);
        members = new MemberResources(vertx, cluster, reads);
        keys = new KeyResources(vertx, reads, new KeyWrites(service));
        removal = new MemberRemoval(cluster, service);
        node = new NodeResource(statuses, heartbeats, keeper.maxDatagramBytes(), System::currentTimeMillis);
        leave = new LeaveResource(service, keeper.afterLeave());
        reload = new ReloadResource(keeper.reloader());
    }

    /** How the node fares, asked for once for all who want to know. */
    RecentAnswer<NodeStatus> statuses() {
        return statuses;
    }

    /** Tells somebody of the cluster; to be called before the start. */
    void tell(ClusterFollower follower) {
        cluster.tell(follower);
    }

    /** Takes over what may change while this runs. */
    void reconfigure(GossipWebOptions wanted) {
        held.limit(wanted.getMaxHeldAnswers());
        streams.limit(wanted.getMaxEventStreams());
        Duration interval = Duration.ofMillis(wanted.getGossipIntervalMillis());
        cluster.interval(interval);
        heartbeats.keep(interval);
    }

    /** Ends all event streams: their readers come again, and are let in by the rules of then. */
    void endStreams(String reason) {
        streams.lost(reason);
    }

    /** Adds everything but the description of it all. */
    void addTo(Resources resources) {
        kept.addTo(resources);
        new WriteRoutes(service, options.isSetKeyByGet()).addTo(resources);
        members.addTo(resources, removal);
        keys.addTo(resources);
        new VitalsResource(vertx, statuses).addTo(resources);
        node.addTo(resources);
        leave.addTo(resources);
        reload.addTo(resources);
        new EventResource(cluster, streams, turns).addTo(resources);
        Optional<PeerViews> peers =
                options.isCompareMembers() ? Optional.of(new PeerViews(vertx, cluster)) : Optional.empty();
        new DiffResource(peers).addTo(resources);
    }

    /**
     * What the web interface is told of the node, and tells it, apart from the bus.
     *
     * @param maxDatagramBytes the most that a datagram of the node may take
     * @param reloader has the configuration read again; null if nobody does that
     * @param afterLeave is run when the member has left
     */
    record Keeper(int maxDatagramBytes, @Nullable Supplier<Future<JsonObject>> reloader, Runnable afterLeave) {}

    /** Follows the node; completes after the first attempt, whatever came of it. */
    Future<Void> start() {
        vertx.setPeriodic(KEEP_ALIVE_MILLIS, timer -> streams.keepAlive());
        vertx.setPeriodic(BodyWriters.CHECK_MILLIS, timer -> writers.check());
        vertx.setPeriodic(WATCH_MILLIS, timer -> watch());
        return cluster.start();
    }

    /** Ends what is held and what streams, and follows no longer. */
    Future<Void> close() {
        streams.close(STOPPING);
        Future<Void> closed = cluster.close(STOPPING);
        held.release();
        return closed;
    }

    /** How many members' fragments were written so far. */
    long fragmentsMade() {
        return kept.fragmentsMade() + members.fragmentsMade();
    }

    /** How many event streams are open. */
    int openStreams() {
        return streams.size();
    }

    /** How many answers are held. */
    int heldAnswers() {
        return held.size();
    }

    // Who waits asks nothing, so somebody else must find out that the node is gone.
    private void watch() {
        if (streams.size() + held.size() > 0) {
            cluster.picture();
        }
    }
}
