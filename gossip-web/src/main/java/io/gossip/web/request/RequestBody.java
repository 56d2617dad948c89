/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request, up to a limit. To be called before the handler of the request returns. */
final class RequestBody {
    static final int MAX_BYTES = 256 * 1024;

    private RequestBody() {}

    /**
     * Reads the body.
     *
     * @param request whose body
     * @return the bytes; fails with 413 beyond the limit, 400 if the client stops in the middle
     */
    static Future<Buffer> read(HttpServerRequest request) {
        if (announcedLength(request.getHeader("Content-Length")) > MAX_BYTES) {
            return Future.failedFuture(tooLarge());
        }
        Promise<Buffer> result = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= MAX_BYTES) {
                body.appendBuffer(chunk);
            } else {
                result.tryFail(tooLarge());
            }
        });
        request.exceptionHandler(broken -> result.tryFail(new ProblemException(400, "the body ended early")));
        request.endHandler(end -> result.tryComplete(body));
        return result.future();
    }

    private static ProblemException tooLarge() {
        return new ProblemException(413, "the body must not exceed " + MAX_BYTES + " bytes");
    }

    private static long announcedLength(@Nullable String header) {
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException notANumber) {
            return 0; // the server refuses it
        }
    }
}
