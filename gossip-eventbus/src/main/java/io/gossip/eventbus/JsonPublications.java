/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.function.Consumer;

/**
 * Publishes the same as JSON. Publications may be large, and the node must not wait for their JSON: a worker makes it, one
 * after another.
 */
final class JsonPublications implements Consumer<ClusterPublication> {
    private static final System.Logger LOGGER = System.getLogger(JsonPublications.class.getName());
    private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

    private final Vertx vertx;
    private final Context context;
    private final GossipAddresses addresses;

    /** To be made on the verticle's context. */
    JsonPublications(Vertx vertx, GossipAddresses addresses) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.addresses = addresses;
    }

    @Override
    public void accept(ClusterPublication publication) {
        String address = publication instanceof MembersPublication ? addresses.membersJson() : addresses.keysJson();
        // Published by the worker as well: futures of this context may complete out of order.
        context.executeBlocking(() -> vertx.eventBus().publish(address, publication.toJson(), LOCAL), true)
                .onFailure(failure -> LOGGER.log(
                        System.Logger.Level.ERROR,
                        "publication " + publication.sequence() + " could not be published as JSON",
                        failure));
    }
}
