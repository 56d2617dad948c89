/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Answers with JSON that nobody may keep. */
public final class JsonAnswer {
    private JsonAnswer() {}

    /** Sends a body, or to HEAD what goes with it. The status is what the response has. */
    public static void send(RoutingContext context, Buffer body) {
        context.response()
                .putHeader("Content-Type", Negotiation.JSON)
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response()
                    .putHeader("Content-Length", String.valueOf(body.length()))
                    .end();
        } else {
            context.response().end(body);
        }
    }
}
