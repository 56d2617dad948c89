/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the body of a form. To be called before the handler of the request returns. */
public final class FormBody {
    private static final String FORM = "application/x-www-form-urlencoded";

    private FormBody() {}

    /**
     * Reads the body.
     *
     * @param request whose body
     * @return the encoded form, one char for each byte; empty without a body. Fails like {@link RequestBody}, and with 415
     *     for another media type
     */
    public static Future<String> read(HttpServerRequest request) {
        Optional<MediaType> type = MediaType.of(request);
        return RequestBody.read(request).map(body -> {
            if (body.length() > 0
                    && !type.map(given -> given.name().equals(FORM)).orElse(false)) {
                throw new ProblemException(415, "the body must be " + FORM);
            }
            return body.toString(StandardCharsets.ISO_8859_1);
        });
    }
}
