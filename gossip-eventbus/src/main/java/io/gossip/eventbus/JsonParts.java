/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of which all our JSON is made: unsigned numbers, identities, entries; and reading them with clear errors. */
final class JsonParts {
    private JsonParts() {}

    /** A number that JSON shows as an unsigned integer. */
    static Number unsigned(long value) {
        if (value >= 0) {
            return value;
        }
        return new BigInteger(Long.toUnsignedString(value));
    }

    static long unsigned(JsonObject json, String field) {
        Object value = json.getValue(field);
        if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            if (number >= 0) {
                return number;
            }
        }
        if (value instanceof BigInteger big && big.signum() >= 0 && big.bitLength() <= Long.SIZE) {
            return big.longValue();
        }
        throw new IllegalArgumentException("\"" + field + "\" must be an unsigned 64-bit integer, was " + value);
    }

    static String text(JsonObject json, String field) {
        return of(String.class, "a string", json, field);
    }

    static boolean bool(JsonObject json, String field) {
        return of(Boolean.class, "true or false", json, field);
    }

    static JsonObject object(JsonObject json, String field) {
        return of(JsonObject.class, "an object", json, field);
    }

    static <T> List<T> array(JsonObject json, String field, Function<JsonObject, T> reader) {
        JsonArray array = of(JsonArray.class, "an array", json, field);
        List<T> values = new ArrayList<>(array.size());
        for (Object element : array) {
            if (!(element instanceof JsonObject object)) {
                throw new IllegalArgumentException("\"" + field + "\" must hold objects, found " + element);
            }
            values.add(reader.apply(object));
        }
        return values;
    }

    static List<String> texts(JsonObject json, String field) {
        List<String> values = new ArrayList<>();
        for (Object element : of(JsonArray.class, "an array", json, field)) {
            if (!(element instanceof String text)) {
                throw new IllegalArgumentException("\"" + field + "\" must hold strings, found " + element);
            }
            values.add(text);
        }
        return values;
    }

    private static <T> T of(Class<T> type, String what, JsonObject json, String field) {
        @Nullable Object value = json.getValue(field);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("\"" + field + "\" must be " + what + ", was " + value);
        }
        return type.cast(value);
    }

    static JsonObject identity(NodeIdentity identity) {
        return new JsonObject()
                .put("node_id", identity.nodeId())
                .put("generation_id", unsigned(identity.generation()))
                .put("gossip_advertise_addr", identity.gossipAddress().toString());
    }

    static NodeIdentity identity(JsonObject json) {
        return new NodeIdentity(
                text(json, "node_id"),
                unsigned(json, "generation_id"),
                GossipAddress.parse(text(json, "gossip_advertise_addr")));
    }

    static JsonArray identities(List<NodeIdentity> identities) {
        JsonArray array = new JsonArray();
        identities.forEach(identity -> array.add(identity(identity)));
        return array;
    }

    static JsonObject entry(KeyMutation entry) {
        return new JsonObject()
                .put("key", entry.key())
                .put("value", entry.value())
                .put("version", unsigned(entry.version()))
                .put("status", StatusName.of(entry.status()));
    }

    static KeyMutation entry(JsonObject json) {
        return new KeyMutation(
                text(json, "key"),
                text(json, "value"),
                unsigned(json, "version"),
                StatusName.status(text(json, "status")));
    }
}
