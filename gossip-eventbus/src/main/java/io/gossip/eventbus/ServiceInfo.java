/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The service that a member offers, as it stands under its key {@value #KEY}: {@code {"type","sharded","shard","host"}}.
 *
 * @param type name of the service, see {@link ServiceTypes}
 * @param sharded whether services of this type are split into shards
 * @param shard which shard, 0 or above; 0 for types that are not sharded
 * @param host where the service answers, {@code ip:port}
 */
public record ServiceInfo(String type, boolean sharded, long shard, String host) {
    /** The key under which a member publishes its service. */
    public static final String KEY = "service";

    /** {@return the service as JSON} */
    public JsonObject toJson() {
        return new JsonObject()
                .put("type", type)
                .put("sharded", sharded)
                .put("shard", JsonParts.unsigned(shard))
                .put("host", host);
    }

    /**
     * Reads the value of the key {@value #KEY}. Members may write there what they like, so this never fails.
     *
     * @param value the key's value
     * @return the service; empty if the value is not one
     */
    public static Optional<ServiceInfo> parse(String value) {
        try {
            return Optional.of(fromJson(new JsonObject(value)));
        } catch (DecodeException | IllegalArgumentException foreignValue) {
            return Optional.empty();
        }
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the service
     * @return the service
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static ServiceInfo fromJson(JsonObject json) {
        return new ServiceInfo(
                JsonParts.text(json, "type"),
                JsonParts.bool(json, "sharded"),
                JsonParts.unsigned(json, "shard"),
                JsonParts.text(json, "host"));
    }
}
