/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the cluster that follows the publications of one {@link GossipVerticle}, for readers that must not
 * disturb the node.
 *
 * <p>It listens to both addresses before it asks for a snapshot, applies publications in order, and asks for another
 * snapshot whenever one is missing, out of order or from a node started anew.
 *
 * <p><b>Threads:</b> every method may be called from any thread. Handlers are called on the context on which the view
 * was created; who sets them there, right when {@link #follow} completes, misses nothing. What a handler throws goes to
 * that context's exception handler and stops nothing.
 */
public interface ClusterView {
    /**
     * Starts to follow. The view lives until it is closed, or until the verticle that made it is undeployed.
     *
     * @param vertx where the verticle is deployed
     * @param addressPrefix the verticle's prefix, {@value GossipAddresses#DEFAULT_PREFIX} unless configured otherwise
     * @return the view with its first picture; fails with a {@link io.vertx.core.eventbus.ReplyException} of code 503
     *     if no verticle serves the prefix
     */
    static Future<ClusterView> follow(Vertx vertx, String addressPrefix) {
        return FollowingView.follow(vertx, new GossipAddresses(addressPrefix));
    }

    /** {@return the latest picture} */
    ClusterPicture current();

    /**
     * Calls a handler with each new picture, after a publication and after a new snapshot alike.
     *
     * @param handler replaces the former one; null for none
     * @return this
     */
    ClusterView onChange(@Nullable Handler<ClusterPicture> handler);

    /**
     * Calls a handler with each publication in order, after it was applied and before {@link #onChange} is called.
     *
     * @param handler replaces the former one; null for none
     * @return this
     */
    ClusterView onPublication(@Nullable Handler<ClusterPublication> handler);

    /**
     * Calls a handler when a new snapshot took the place of the picture: publications may have been missed, and who
     * follows them must start over from this picture. Called before {@link #onChange}.
     *
     * @param handler replaces the former one; null for none
     * @return this
     */
    ClusterView onReset(@Nullable Handler<ClusterPicture> handler);

    /**
     * Stops following. May be called more than once.
     *
     * @return completes when nothing is registered any longer
     */
    Future<Void> close();
}
