/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;

/**
 * Tells the log that a node or a proxy was dropped and not closed. It is not closed then: its stream may be in use still, and a
 * close from the thread of a cleaner would surprise whoever reads it.
 *
 * @param what a node or a proxy
 */
record AbandonedTalk(Vertx vertx, String deploymentId, String what, String nodeId) implements Runnable {
    private static final Logger LOG = System.getLogger(AbandonedTalk.class.getName());
    private static final Cleaner CLEANER = Cleaner.create();

    /** Watches an object that must not be reachable from the verticle. */
    void watch(Object handle) {
        CLEANER.register(handle, this);
    }

    @Override
    public void run() {
        if (vertx.deploymentIDs().contains(deploymentId)) {
            LOG.log(
                    Level.WARNING,
                    () -> "the " + what + " " + nodeId + " was dropped without close() and goes on running:"
                            + " keep a reference to it, and close it");
        }
    }
}
