/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The service that a member is configured to offer from its start. As JSON {@code {"type","shard","host"}}.
 *
 * @param type one of the node's {@link ServiceTypes}
 * @param shard 0 or above; 0 for a type that is not sharded
 * @param host {@code ip:port}; null for the gossip address
 */
public record ServiceOffer(
        String type, long shard, @Nullable String host) {
    /** {@return the offer as JSON, without a host if it has none} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject().put("type", type).put("shard", shard);
        return host == null ? json : json.put("host", host);
    }

    /**
     * Reads what {@link #toJson()} wrote; the shard may be left out.
     *
     * @param json the offer
     * @return the offer
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static ServiceOffer fromJson(JsonObject json) {
        return new ServiceOffer(
                JsonParts.text(json, "type"),
                json.getValue("shard") == null ? 0 : JsonParts.unsigned(json, "shard"),
                json.getValue("host") == null ? null : JsonParts.text(json, "host"));
    }
}
