/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.Reconfiguration;
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
     * Applies other settings to both, or to none. What is refused is found out before anything is changed, but for a
     * certificate, which is looked at first.
     *
     * @param next what they shall run with; the rest of it as it was
     * @return names of options that would need a restart after all, as their JSON has them; fails if nothing was changed
     */
    Future<List<String>> reconfigure(MemberSettings next) {
        return Future.succeededFuture()
                .map(nothing -> gossip.preview(next.gossip()))
                .compose(possible -> web.reconfigure(next.webOfNode()))
                .compose(ofWeb -> gossip.reconfigure(next.gossip()).map(ofWeb::and))
                .map(Reconfiguration::needRestart);
    }
}
