/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.document;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Answers a read: with headers only, 304 or HEAD, or with the document. */
public final class DocumentResponse {
    private DocumentResponse() {}

    /** Whether the reader has what the tag names. */
    public static boolean isKnown(RoutingContext context, EntityTag tag) {
        return tag.isNamedBy(context.request().headers().getAll("If-None-Match"));
    }

    /** Whether the reader names what it has, so that it makes sense to wait for something else. */
    public static boolean isNamed(RoutingContext context, EntityTag tag) {
        return tag.isNamedOutrightBy(context.request().headers().getAll("If-None-Match"));
    }

    /** Answers 304 if the reader has what the tag names; a HEAD too, without the length that only the document tells. */
    public static boolean answeredWithoutBody(RoutingContext context, EntityTag tag) {
        if (isKnown(context, tag)) {
            headers(context.response(), tag).setStatusCode(304).end();
            return true;
        }
        if (context.request().method().equals(HttpMethod.HEAD)) {
            describe(context.response(), tag).end();
            return true;
        }
        return false;
    }

    public static void send(RoutingContext context, Document document, BodyWriters writers) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        HttpServerResponse response = describe(context.response(), document.tag())
                .putHeader("Content-Length", Long.toString(document.body().length()));
        List<Buffer> chunks = document.body().buffers();
        if (chunks.size() == 1) {
            response.end(chunks.get(0));
        } else {
            writers.write(context.request(), document.body());
        }
    }

    private static HttpServerResponse describe(HttpServerResponse response, EntityTag tag) {
        return headers(response, tag)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private static HttpServerResponse headers(HttpServerResponse response, EntityTag tag) {
        return response.putHeader("ETag", tag.text())
                .putHeader("Vary", "Accept")
                .putHeader("Cache-Control", "no-cache"); // may be kept, but ask before use
    }
}
