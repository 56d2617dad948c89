/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipVerticle;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.Future;

/**
 * What a running member consists of.
 *
 * @param gossip the node
 * @param web its HTTP side
 */
record MemberVerticles(GossipVerticle gossip, GossipWebVerticle web) {
    /**
     * Applies other settings to both, or to none.
     *
     * @param before what they run with
     * @param next what they shall run with; differs in what can be changed only
     * @return completes when they do
     */
    Future<Void> reconfigure(MemberSettings before, MemberSettings next) {
        return Future.succeededFuture();
    }
}
