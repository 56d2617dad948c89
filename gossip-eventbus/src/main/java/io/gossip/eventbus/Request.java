/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The body of a request; whatever is missing or malformed in it is a {@link RequestFailure} of code 400. */
final class Request {
    private final JsonObject body;

    Request(@Nullable Object body) {
        if (!(body instanceof JsonObject json)) {
            throw RequestFailure.badRequest("a request is a JSON object with an \"action\"");
        }
        this.body = json;
    }

    boolean has(String field) {
        return body.getValue(field) != null;
    }

    String text(String field) {
        return checked(() -> JsonParts.text(body, field));
    }

    String textOr(String field, String otherwise) {
        return has(field) ? text(field) : otherwise;
    }

    boolean boolOr(String field, boolean otherwise) {
        return has(field) ? checked(() -> JsonParts.bool(body, field)) : otherwise;
    }

    long integerOr(String field, long otherwise) {
        Object value = body.getValue(field);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw RequestFailure.badRequest("\"" + field + "\" must be an integer, was " + value);
    }

    /** The key to read or write: the protocol allows an empty one, but no one who asks for it means it. */
    String key() {
        String key = text("key");
        if (key.isEmpty()) {
            throw RequestFailure.badRequest("\"key\" must not be empty");
        }
        return key;
    }

    /** An address that somebody can listen at. */
    GossipAddress target(String field) {
        GossipAddress address = checked(() -> GossipAddress.parse(JsonParts.text(body, field)));
        if (address.isWildcard() || address.port() == 0) {
            throw RequestFailure.badRequest("\"" + field + "\" must be one to send to, was " + address);
        }
        return address;
    }

    /** Where somebody answers HTTP. */
    String httpAddress(String field) {
        String text = text(field);
        return HttpAddress.parse(text)
                .map(HttpAddress::toString)
                .orElseThrow(() -> RequestFailure.badRequest(
                        "\"" + field + "\" must be HOST:PORT or https://HOST:PORT to connect to, was '" + text + "'"));
    }

    NodeIdentity identity(String field) {
        return checked(() -> JsonParts.identity(JsonParts.object(body, field)));
    }

    private static <T> T checked(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException malformed) {
            throw RequestFailure.badRequest(RequestFailure.messageOf(malformed));
        }
    }
}
