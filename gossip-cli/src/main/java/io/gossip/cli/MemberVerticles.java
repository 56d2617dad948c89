/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.Reconfiguration;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running member consists of.
 *
 * @param gossip the node
 * @param web its HTTP side
 */
record MemberVerticles(GossipVerticle gossip, GossipWebVerticle web) {
    private static final Logger LOG = LoggerFactory.getLogger(MemberVerticles.class);

    /**
     * Applies other settings to both, or to none. What is refused is found out before anything is changed; should the node
     * fail all the same, the web side goes back to what it had. If not even that can be done, the log has it as an error and
     * the failure has why among what it suppressed.
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
                        .recover(failure -> web.reconfigure(former)
                                .transform(undone -> Future.failedFuture(afterUndo(failure, undone))))
                        .map(ofGossip -> {
                            web.nodeOptions(gossip.options());
                            return ofWeb.and(ofGossip);
                        }));
    }

    private static Throwable afterUndo(Throwable failure, AsyncResult<?> undone) {
        if (undone.failed()) {
            failure.addSuppressed(undone.cause());
            LOG.error("the web interface could not go back to the settings it had", undone.cause());
        }
        return failure;
    }
}
