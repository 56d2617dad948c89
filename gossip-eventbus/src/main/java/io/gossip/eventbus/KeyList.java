/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Visible keys of one member, the answer to {@code get} (one key) and {@code keys}. As JSON
 * {@code {"node":ID,"keys":[{"key","value","version","status"}…]}}.
 *
 * @param node whose keys
 * @param keys in UTF-8 order of the keys
 */
public record KeyList(NodeIdentity node, List<KeyMutation> keys) {
    /**
     * Copies the list.
     *
     * @param node whose keys
     * @param keys in UTF-8 order of the keys
     */
    public KeyList {
        keys = List.copyOf(keys);
    }

    /** {@return the reply as JSON} */
    public JsonObject toJson() {
        JsonArray array = new JsonArray();
        keys.forEach(entry -> array.add(JsonParts.entry(entry)));
        return new JsonObject().put("node", JsonParts.identity(node)).put("keys", array);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the reply
     * @return the reply
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static KeyList fromJson(JsonObject json) {
        return new KeyList(
                JsonParts.identity(JsonParts.object(json, "node")), JsonParts.array(json, "keys", JsonParts::entry));
    }
}
