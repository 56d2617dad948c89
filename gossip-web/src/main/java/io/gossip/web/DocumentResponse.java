/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;

/**
 * Answers a read: with headers only, 304 or HEAD, or with the document in chunks, the next one only when the reader has
 * room for it. What waits for a slow reader is the document shared by all, never a copy.
 */
final class DocumentResponse {
    private DocumentResponse() {}

    /** Whether the reader has what the tag names. */
    static boolean isKnown(RoutingContext context, EntityTag tag) {
        return tag.isNamedBy(context.request().headers().getAll("If-None-Match"));
    }

    /** Whether the reader names what it has, so that it makes sense to wait for something else. */
    static boolean isNamed(RoutingContext context, EntityTag tag) {
        return tag.isNamedOutrightBy(context.request().headers().getAll("If-None-Match"));
    }

    /** Answers 304 if the reader has what the tag names; a HEAD too, without the length that only the document tells. */
    static boolean answeredWithoutBody(RoutingContext context, EntityTag tag) {
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

    static void send(RoutingContext context, Document document) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        HttpServerResponse response = describe(context.response(), document.tag())
                .putHeader("Content-Length", Long.toString(document.body().length()));
        write(response, document.body().buffers().iterator());
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

    static void write(HttpServerResponse response, Iterator<Buffer> chunks) {
        while (chunks.hasNext()) {
            if (response.closed()) {
                return;
            }
            if (response.writeQueueFull()) {
                response.drainHandler(drained -> write(response, chunks));
                return;
            }
            response.write(chunks.next());
        }
        response.drainHandler(null);
        response.end();
    }
}
