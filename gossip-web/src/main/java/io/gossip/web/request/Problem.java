/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed, as RFC 9457 {@code application/problem+json} shows it. The type is always {@code about:blank}:
 * the status says it all, the detail is for people.
 *
 * @param status the HTTP status
 * @param detail what was wrong with this request
 */
public record Problem(int status, String detail) {
    private static final System.Logger LOGGER = System.getLogger(Problem.class.getName());
    private static final Set<Integer> CODES_OF_THE_SERVICE = Set.of(400, 403, 404, 413, 422, 503);

    /** What the failure of a request means to its client. A failure that is nobody's answer is logged, not shown. */
    public static Problem of(@Nullable Throwable failure, int status) {
        if (failure instanceof ProblemException known) {
            return new Problem(known.status(), known.detail());
        }
        if (failure instanceof ReplyException reply) {
            return of(reply);
        }
        if (status >= 400 && status < 500) {
            return new Problem(status, "the request cannot be understood");
        }
        LOGGER.log(System.Logger.Level.ERROR, "request failed", failure);
        return new Problem(500, "unexpected failure, see the log of the node");
    }

    private static Problem of(ReplyException reply) {
        boolean answered = reply.failureType() == ReplyFailure.RECIPIENT_FAILURE;
        int status = answered && CODES_OF_THE_SERVICE.contains(reply.failureCode()) ? reply.failureCode() : 503;
        String message = reply.getMessage();
        return new Problem(status, message == null ? "the node gave no reason" : message);
    }

    public void answer(RoutingContext context) {
        answer(context.request(), context.response());
    }

    public void answer(HttpServerRequest request, HttpServerResponse response) {
        if (response.headWritten()) {
            request.connection().close(); // half an answer: only a broken connection tells the client
            return;
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (status == 429 || status == 503) {
            response.putHeader("Retry-After", "1");
        }
        if (status == 413) {
            response.putHeader("Connection", "close"); // the rest of the body is not read
        }
        response.end(toJson().toBuffer());
    }

    private JsonObject toJson() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
    }
}
