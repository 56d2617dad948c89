/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.page;

import io.gossip.web.document.DocumentResponse;
import io.gossip.web.document.EntityTag;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;

/** What does not change while the program runs. Its entity tag tells one release, and one configuration, from another. */
public final class StaticContent {
    private final Buffer body;
    private final Map<String, String> headers;
    private final EntityTag tag;

    /**
     * Content to be served.
     *
     * @param body its bytes
     * @param headers that describe it, {@code Content-Type} among them
     */
    public StaticContent(Buffer body, Map<String, String> headers) {
        this.body = body;
        this.headers = Map.copyOf(headers);
        CRC32 sum = new CRC32();
        sum.update(body.getBytes());
        tag = new EntityTag("W/\"" + Long.toHexString(sum.getValue()) + "-" + body.length() + "\"");
    }

    /** The bytes of a file that lies beside the classes. */
    public static Buffer load(String name) {
        try (InputStream in = StaticContent.class.getResourceAsStream("/io/gossip/web/" + name)) {
            return Buffer.buffer(Objects.requireNonNull(in, name + " is missing from the jar")
                    .readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers GET and HEAD. */
    public void answer(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader("ETag", tag.text())
                .putHeader("Vary", "Accept")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (DocumentResponse.isKnown(context, tag)) {
            response.setStatusCode(304).end();
            return;
        }
        headers.forEach(response::putHeader);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }
}
