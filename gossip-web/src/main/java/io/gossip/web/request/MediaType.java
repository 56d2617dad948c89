/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * What a body is.
 *
 * @param name type and subtype in lower case
 * @param charset in lower case; empty if not given
 */
record MediaType(String name, Optional<String> charset) {
    /** The type that a request names for its body; empty if it names none. */
    static Optional<MediaType> of(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("Content-Type")).map(MediaType::parse);
    }

    /** Whether text in it is UTF-8. */
    boolean isUtf8() {
        return charset.map(given -> given.equals("utf-8") || given.equals("utf8") || given.equals("us-ascii"))
                .orElse(true);
    }

    private static MediaType parse(String header) {
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        Optional<String> charset = Optional.empty();
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].trim();
            if (part.startsWith("charset=")) {
                charset = Optional.of(part.substring("charset=".length()).replace("\"", ""));
            }
        }
        return new MediaType(parts[0].trim(), charset);
    }
}
