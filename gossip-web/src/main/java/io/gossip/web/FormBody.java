/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the body of a form, up to a limit. To be called before the handler of the request returns. */
final class FormBody {
    static final int MAX_BYTES = 256 * 1024;
    private static final String FORM = "application/x-www-form-urlencoded";

    private FormBody() {}

    /**
     * Reads the body.
     *
     * @param request whose body
     * @return the encoded form, one char for each byte; empty without a body. Fails with 413 beyond the limit, 415 for
     *     another media type
     */
    static Future<String> read(HttpServerRequest request) {
        if (announcedLength(request.getHeader("Content-Length")) > MAX_BYTES) {
            return Future.failedFuture(tooLarge());
        }
        Promise<String> result = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= MAX_BYTES) {
                body.appendBuffer(chunk);
            } else {
                result.tryFail(tooLarge());
            }
        });
        request.exceptionHandler(broken -> result.tryFail(new ProblemException(400, "the body ended early")));
        request.endHandler(end -> {
            if (body.length() > 0 && !isForm(request.getHeader("Content-Type"))) {
                result.tryFail(new ProblemException(415, "the body must be " + FORM));
            } else {
                result.tryComplete(body.toString(StandardCharsets.ISO_8859_1));
            }
        });
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

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT).equals(FORM);
    }
}
