/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.pace;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets requests in at the pace of {@link Turns}: when hundreds come at once, those beyond the allowance wait for a moment,
 * so that the loop gets to other work. A connection has one request here at most, so that connections are the bound.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class Entrance implements Handler<HttpServerRequest> {
    private final Turns turns;
    private final Handler<HttpServerRequest> inside;

    public Entrance(Turns turns, Handler<HttpServerRequest> inside) {
        this.turns = turns;
        this.inside = inside;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (turns.areFree()) {
            turns.take(() -> enter(request));
        } else {
            request.pause(); // its body must find somebody who reads it
            turns.take(() -> enterLate(request));
        }
    }

    private boolean enter(HttpServerRequest request) {
        inside.handle(request);
        return false;
    }

    private boolean enterLate(HttpServerRequest request) {
        if (!request.response().closed()) { // nobody would hear of that any more
            inside.handle(request);
            request.resume();
        }
        return false;
    }
}
