/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.Reconfiguration;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.Future;
import java.util.List;

/**
 * What a running member consists of.
 *
 * @param gossip the node
 * @param web its HTTP side
 */
record MemberVerticles(GossipVerticle gossip, GossipWebVerticle web) {
    /**
     * Applies other settings to both, or to none. What is refused is found out before anything is changed; should the node
     * fail all the same, the web side goes back to what it had.
     *
     * @param next what they shall run with; the rest of it as it was
     * @return names of options that would need a restart after all, as their JSON has them; fails if nothing was changed
     */
    Future<List<String>> reconfigure(MemberSettings next) {
        return Future.succeededFuture()
                .map(nothing -> gossip.preview(next.gossip()))
                .compose(possible -> both(next))
                .map(Reconfiguration::needRestart);
    }

    private Future<Reconfiguration> both(MemberSettings next) {
        GossipWebOptions former = web.options();
        return web.reconfigure(next.webOfNode())
                .compose(ofWeb -> gossip.reconfigure(next.gossip())
                        .recover(failure -> web.reconfigure(former).transform(undone -> Future.failedFuture(failure)))
                        .map(ofGossip -> {
                            web.nodeOptions(gossip.options());
                            return ofWeb.and(ofGossip);
                        }));
    }
}
