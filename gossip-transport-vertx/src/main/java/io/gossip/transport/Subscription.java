/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import io.vertx.core.Future;

/** Someone who is told things, until they cancel. <b>Threads:</b> thread-safe. */
@FunctionalInterface
public interface Subscription {
    /**
     * Ends the subscription. Idempotent.
     *
     * @return completes when nothing more will be handed out
     */
    Future<Void> cancel();
}
