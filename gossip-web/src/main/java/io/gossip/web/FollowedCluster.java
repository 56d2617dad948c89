/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
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
final class FollowedCluster {
    private static final System.Logger LOGGER = System.getLogger(FollowedCluster.class.getName());
    private static final long RETRY_MILLIS = 500;

    private final Vertx vertx;
    private final String addressPrefix;
    private final GossipService service;
    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private @Nullable ClusterView view;
    private @Nullable Future<ClusterView> probe; // whether the node answers, asked last
    private long probedNanos;
    private String absence = "the node is starting";
    private boolean closed;
    private Consumer<ClusterPicture> serving = picture -> {};

    FollowedCluster(
            Vertx vertx, String addressPrefix, GossipService service, Duration interval, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.addressPrefix = addressPrefix;
        this.service = service;
        this.intervalNanos = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Has the first picture of each node that begins to serve handed over; to be called before the start. */
    void whenServing(Consumer<ClusterPicture> consumer) {
        serving = consumer;
    }

    /** Follows; without a node it goes on trying. Completes after the first attempt, whatever came of it. */
    Future<Void> start() {
        return follow().recover(failure -> {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "no node serves '" + addressPrefix + "' yet, readers get 503 until one does: "
                            + failure.getMessage());
            return Future.succeededFuture();
        });
    }

    /** The latest picture of a node that answered within the interval; fails with a problem 503 if there is none. */
    Future<ClusterPicture> picture() {
        ClusterView present = view;
        if (present == null) {
            return Future.failedFuture(absent());
        }
        return answering(present).map(ClusterView::current);
    }

    Future<Void> close() {
        closed = true;
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
        Future<ClusterView> asked = service.status().map(present).recover(failure -> {
            drop(present, failure);
            return Future.failedFuture(absent());
        });
        probe = asked;
        return asked;
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
        serving.accept(followed.current());
        return Future.succeededFuture();
    }

    private Future<Void> retry(Throwable failure) {
        if (!closed) {
            vertx.setTimer(RETRY_MILLIS, timer -> follow());
        }
        return Future.failedFuture(failure);
    }
}
