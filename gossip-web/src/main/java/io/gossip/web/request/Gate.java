/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.ext.web.RoutingContext;

/** Decides whether a request is let in, before anything is done for it. */
@FunctionalInterface
public interface Gate {
    /**
     * Lets a request pass, or not. May add headers to the response.
     *
     * @param context the request
     * @param needed what it needs
     * @throws ProblemException why it is not let in
     */
    void check(RoutingContext context, Access needed);

    /** This gate, then another. */
    default Gate and(Gate next) {
        return (context, needed) -> {
            check(context, needed);
            next.check(context, needed);
        };
    }
}
