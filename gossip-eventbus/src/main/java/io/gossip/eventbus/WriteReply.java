/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.WriteResult;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What a write of this member's own state did. As JSON {@code {"version","outcome"}} with the outcome in lower case.
 *
 * @param version the key's version after it, unsigned; 0 if the key is absent
 * @param outcome what happened
 */
public record WriteReply(long version, WriteResult.Outcome outcome) {
    /** {@return the reply as JSON} */
    public JsonObject toJson() {
        return new JsonObject()
                .put("version", JsonParts.unsigned(version))
                .put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the reply
     * @return the reply
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static WriteReply fromJson(JsonObject json) {
        String outcome = JsonParts.text(json, "outcome").toUpperCase(Locale.ROOT);
        return new WriteReply(JsonParts.unsigned(json, "version"), WriteResult.Outcome.valueOf(outcome));
    }
}
