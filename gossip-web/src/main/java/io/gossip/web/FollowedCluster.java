/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * The cluster view, as soon as there is one: the node may be deployed later than its web interface.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class FollowedCluster {
    private static final System.Logger LOGGER = System.getLogger(FollowedCluster.class.getName());
    private static final long RETRY_MILLIS = 500;

    private final Vertx vertx;
    private final String addressPrefix;
    private @Nullable ClusterView view;
    private boolean closed;

    FollowedCluster(Vertx vertx, String addressPrefix) {
        this.vertx = vertx;
        this.addressPrefix = addressPrefix;
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

    /** The latest picture; a problem 503 if there is none yet. */
    ClusterPicture picture() {
        ClusterView present = view;
        if (present == null) {
            throw new ProblemException(503, "the node is starting");
        }
        return present.current();
    }

    Future<Void> close() {
        closed = true;
        ClusterView present = view;
        view = null;
        return present == null ? Future.succeededFuture() : present.close();
    }

    private Future<Void> follow() {
        return ClusterView.follow(vertx, addressPrefix).compose(this::adopt, this::retry);
    }

    private Future<Void> adopt(ClusterView followed) {
        if (closed) {
            return followed.close();
        }
        view = followed;
        return Future.succeededFuture();
    }

    private Future<Void> retry(Throwable failure) {
        if (!closed) {
            vertx.setTimer(RETRY_MILLIS, timer -> follow());
        }
        return Future.failedFuture(failure);
    }
}
