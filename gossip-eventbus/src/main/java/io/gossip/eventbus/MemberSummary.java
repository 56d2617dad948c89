/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One listed member without its keys. As JSON {@code {"id":ID,"state","service","keys","max_version","last_gc_version"}}
 * with the state in lower case.
 *
 * @param identity who it is
 * @param state what the answering node thinks of it
 * @param service the service it offers; null if none, or if its key holds something else
 * @param keys how many keys it shows, reserved ones not counted
 * @param maxVersion unsigned
 * @param lastGcVersion unsigned
 */
public record MemberSummary(
        NodeIdentity identity,
        MemberState state,
        @Nullable ServiceInfo service,
        int keys,
        long maxVersion,
        long lastGcVersion) {
    /** {@return the summary as JSON} */
    public JsonObject toJson() {
        return new JsonObject()
                .put("id", JsonParts.identity(identity))
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("service", service == null ? null : service.toJson())
                .put("keys", keys)
                .put("max_version", JsonParts.unsigned(maxVersion))
                .put("last_gc_version", JsonParts.unsigned(lastGcVersion));
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the summary
     * @return the summary
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static MemberSummary fromJson(JsonObject json) {
        return new MemberSummary(
                JsonParts.identity(JsonParts.object(json, "id")),
                MemberState.valueOf(JsonParts.text(json, "state").toUpperCase(Locale.ROOT)),
                json.getValue("service") == null ? null : ServiceInfo.fromJson(JsonParts.object(json, "service")),
                (int) JsonParts.unsigned(json, "keys"),
                JsonParts.unsigned(json, "max_version"),
                JsonParts.unsigned(json, "last_gc_version"));
    }
}
