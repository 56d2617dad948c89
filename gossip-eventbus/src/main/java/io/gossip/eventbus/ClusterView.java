/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * A picture of the cluster that follows the publications of one {@link GossipVerticle}, for readers that must not
 * disturb the node. It shows all listed members, the node's own included.
 *
 * <p>It listens to both addresses before it asks for a snapshot, applies publications in order, and asks for another
 * snapshot whenever one is missing, out of order or from a node started anew.
 *
 * <p>Any number of handlers may be added. For each new picture they are called kind by kind: publications or resets,
 * members, keys, changes; within a kind in the order in which they were added. {@link #current()} is the new picture by
 * then. What a handler throws goes to the exception handler of the view's context and stops nothing.
 *
 * <p><b>Threads:</b> every method may be called from any thread. Handlers are called, and futures completed, on the
 * context on which the view was created; who adds handlers there, right when {@link #follow} completes, misses nothing. A
 * handler that blocks delays its own view and no other: give slow work a view of its own, created by a worker verticle.
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
     * Has a handler called with each publication in order, after it was applied.
     *
     * @param handler called on the view's context
     * @return takes the handler away
     */
    Registration onPublication(Handler<? super ClusterPublication> handler);

    /**
     * Has a handler called when a new snapshot took the place of the picture: publications were missed, and who follows
     * {@linkplain #onPublication publications} must start over from this picture.
     *
     * @param handler called on the view's context
     * @return takes the handler away
     */
    Registration onReset(Handler<? super ClusterPicture> handler);

    /**
     * Has a handler called with every change of members. Nothing is missed: what a new snapshot changed is told as one
     * publication that has the snapshot's sequence.
     *
     * @param handler called on the view's context
     * @return takes the handler away
     */
    Registration onMembers(Handler<? super MembersPublication> handler);

    /**
     * Has a handler called with every change of keys that begin with a prefix, of all members, this node's own
     * included. Nothing is missed: what a reset or a new snapshot changed is told key by key. The keys of a removed
     * member go with it, which only {@link #onMembers} tells.
     *
     * @param prefix what the keys begin with; empty for all but the reserved ones, which are told only behind a prefix
     *     that begins with {@code gossip:}
     * @param handler called on the view's context, with the key behind the prefix
     * @return takes the handler away
     */
    Registration onKeys(String prefix, Handler<? super KeyEvent> handler);

    /**
     * Has a handler called with each new picture, after a publication and after a new snapshot alike.
     *
     * @param handler called on the view's context
     * @return takes the handler away
     */
    Registration onChange(Handler<? super ClusterPicture> handler);

    /**
     * Waits until a picture meets a condition. The present one is tried first.
     *
     * @param condition tried on the view's context, with each new picture; must not block
     * @param timeout how long to wait at most; at least 1 ms is waited
     * @return the first picture that meets it. Fails with a {@link java.util.concurrent.TimeoutException} that says what
     *     was seen last, with what the condition throws, or with an {@link IllegalStateException} once the view is closed
     * @throws IllegalArgumentException if the timeout is negative
     */
    Future<ClusterPicture> await(Predicate<? super ClusterPicture> condition, Duration timeout);

    /**
     * Stops following. May be called more than once.
     *
     * @return completes when nothing is registered any longer
     */
    Future<Void> close();
}
