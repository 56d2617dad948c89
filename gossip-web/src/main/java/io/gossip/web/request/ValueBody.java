/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the value of a key: the body itself if it is {@code text/plain} or says nothing of its type, or
 * {@code {"value":"…"}}. To be called before the handler of the request returns.
 */
public final class ValueBody {
    private static final String TEXT = "text/plain";
    private static final String FIELD = "value";

    private ValueBody() {}

    /**
     * Reads the value.
     *
     * @param request whose body
     * @return the value; fails with 400 if there is none, 413 if the body is too large, 415 if it is of another type
     */
    public static Future<String> read(HttpServerRequest request) {
        Optional<MediaType> type = MediaType.of(request);
        String encoding = request.getHeader("Content-Encoding");
        return RequestBody.read(request).map(body -> {
            if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
                throw new ProblemException(415, "the body must not be compressed");
            }
            return type.isEmpty() ? untyped(body) : typed(type.get(), body);
        });
    }

    private static String untyped(Buffer body) {
        if (body.length() == 0) {
            throw new ProblemException(400, "the body is missing; an empty value needs a Content-Type");
        }
        return text(body);
    }

    private static String typed(MediaType type, Buffer body) {
        if (type.isUtf8() && type.name().equals(TEXT)) {
            return text(body);
        }
        if (type.isUtf8() && type.name().equals(Negotiation.JSON)) {
            return json(text(body));
        }
        throw new ProblemException(415, "the body must be " + TEXT + " or " + Negotiation.JSON + ", in UTF-8");
    }

    private static String text(Buffer body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body.getBytes()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new ProblemException(400, "the body is not valid UTF-8");
        }
    }

    private static String json(String text) {
        JsonObject object = object(text);
        if (object.size() == 1 && object.getValue(FIELD) instanceof String value) {
            return value;
        }
        throw new ProblemException(400, "the body must be {\"value\":\"…\"} with a string and nothing else");
    }

    private static JsonObject object(String text) {
        try {
            return new JsonObject(text);
        } catch (DecodeException malformed) {
            throw new ProblemException(400, "the body is not a JSON object");
        }
    }
}
