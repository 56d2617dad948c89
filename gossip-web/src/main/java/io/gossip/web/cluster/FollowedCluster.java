/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.cluster;

import io.gossip.core.wire.ProtocolVersion;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.NodeStatus;
import io.gossip.web.request.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster view, for as long as there is a node behind it: the node may be deployed later than its web interface, and
 * go earlier.
 *
 * <p>That a node is gone no publication tells. So readers ask it, all together at most once per interval, whether it
 * still answers; without readers nobody asks.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class FollowedCluster {
    private static final System.Logger LOGGER = System.getLogger(FollowedCluster.class.getName());
    private static final long RETRY_MILLIS = 500;

    private final Vertx vertx;
    private final String addressPrefix;
    private final GossipService service;
    private long intervalNanos;
    private final LongSupplier nanoTime;
    private final List<ClusterFollower> followers = new ArrayList<>();
    private @Nullable ClusterView view;
    private @Nullable Future<ClusterView> probe; // whether the node answers, asked last
    private long probedNanos;
    private @Nullable ProtocolVersion protocolVersion;
    private String absence = "the node is starting";
    private boolean closed;

    public FollowedCluster(
            Vertx vertx, String addressPrefix, GossipService service, Duration interval, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.addressPrefix = addressPrefix;
        this.service = service;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Tells somebody what happens from now on; to be called before the start. */
    public FollowedCluster tell(ClusterFollower follower) {
        followers.add(follower);
        return this;
    }

    /** Asks the node at another interval from now on whether it still answers. */
    public void interval(Duration interval) {
        intervalNanos = interval.toNanos();
    }

    /** Follows; without a node it goes on trying. Completes after the first attempt, whatever came of it. */
    public Future<Void> start() {
        return follow().recover(failure -> {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "no node serves '" + addressPrefix + "' yet, readers get 503 until one does: "
                            + failure.getMessage());
            return Future.succeededFuture();
        });
    }

    /** The latest picture of a node that answered within the interval; fails with a problem 503 if there is none. */
    public Future<ClusterPicture> picture() {
        ClusterView present = view;
        if (present == null) {
            return Future.failedFuture(absent());
        }
        return answering(present).map(ClusterView::current);
    }

    /**
     * The picture of this moment. Who has waited for {@link #picture()}, and then for a turn, looks here.
     *
     * @throws ProblemException 503 if there is none
     */
    public ClusterPicture current() {
        ClusterView present = view;
        if (present == null) {
            throw absent();
        }
        return present.current();
    }

    /** The version in which the node opens handshakes, as it said when it was asked last. */
    public ProtocolVersion protocolVersion() {
        return protocolVersion == null ? ProtocolVersion.V0 : protocolVersion;
    }

    /** Follows no longer; from now on readers are told why. */
    public Future<Void> close(String reason) {
        closed = true;
        absence = reason;
        ClusterView present = view;
        view = null;
        return present == null ? Future.succeededFuture() : present.close();
    }

    private Future<ClusterView> answering(ClusterView present) {
        Future<ClusterView> known = probe;
        long now = nanoTime.getAsLong();
        if (known != null && (!known.isComplete() || (known.succeeded() && now - probedNanos < intervalNanos))) {
            return known;
        }
        probedNanos = now;
        Future<ClusterView> asked = service.status()
                .map(status -> heard(status, present))
                .recover(failure -> {
                    drop(present, failure);
                    return Future.failedFuture(absent());
                });
        probe = asked;
        return asked;
    }

    private ClusterView heard(NodeStatus status, ClusterView present) {
        protocolVersion = status.protocolVersion();
        return present;
    }

    private void drop(ClusterView gone, Throwable failure) {
        if (closed) {
            return;
        }
        LOGGER.log(
                System.Logger.Level.INFO,
                "the node that served '" + addressPrefix + "' is gone, readers get 503 until one serves it again: "
                        + failure.getMessage());
        absence = "the node is not running";
        view = null;
        probe = null;
        followers.forEach(follower -> follower.lost(absence));
        gone.close().onComplete(done -> follow());
    }

    private ProblemException absent() {
        return new ProblemException(503, absence);
    }

    private Future<Void> follow() {
        return ClusterView.follow(vertx, addressPrefix).compose(this::adopt, this::retry);
    }

    private Future<Void> adopt(ClusterView followed) {
        if (closed) {
            return followed.close();
        }
        view = followed;
        followed.onPublication(publication -> followers.forEach(follower -> follower.changed(publication)));
        followed.onReset(picture -> followers.forEach(follower -> follower.started(picture)));
        followers.forEach(follower -> follower.started(followed.current()));
        return Future.succeededFuture();
    }

    private Future<Void> retry(Throwable failure) {
        if (!closed) {
            vertx.setTimer(RETRY_MILLIS, timer -> follow());
        }
        return Future.failedFuture(failure);
    }
}
