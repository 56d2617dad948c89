/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** A file in the jar, held in memory: browsers may keep it, but ask each time whether it is still the same. */
final class StaticFile {
    private final String contentType;
    private final Buffer content;
    private final EntityTag tag;

    private StaticFile(String contentType, Buffer content) {
        this.contentType = contentType;
        this.content = content;
        this.tag = new EntityTag("\"" + digest(content) + "\"");
    }

    /**
     * Reads a file that lies beside this class.
     *
     * @param name its relative path
     * @throws UncheckedIOException if it cannot be read
     */
    static StaticFile load(String name) {
        try (InputStream in = StaticFile.class.getResourceAsStream(name)) {
            byte[] bytes =
                    Objects.requireNonNull(in, name + " is missing from the jar").readAllBytes();
            return new StaticFile(contentType(name), Buffer.buffer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answer(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader("ETag", tag.text())
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff");
        if (tag.isNamedBy(context.request().headers().getAll("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", contentType);
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", String.valueOf(content.length()))
                    .end();
        } else {
            response.end(content);
        }
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no content type for " + name);
        };
    }

    private static String digest(Buffer content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes());
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
