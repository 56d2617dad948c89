/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.MemberVitals;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JSON form of a status. */
final class StatusJson {
    private StatusJson() {}

    static JsonObject write(NodeStatus status) {
        EngineStats stats = status.stats();
        JsonArray vitals = new JsonArray();
        status.vitals().forEach(member -> vitals.add(write(member)));
        return new JsonObject()
                .put("sequence", JsonParts.unsigned(status.sequence()))
                .put("cluster_id", status.clusterId())
                .put("self", JsonParts.identity(status.self()))
                .put("protocol_version", status.protocolVersion().name().toLowerCase(Locale.ROOT))
                .put(
                        "transport",
                        health(status.transport().state(), status.transport().lastError()))
                .put("store", health(status.store().state(), status.store().lastError()))
                .put("members", write(stats.members()))
                .put("readiness", write(status.readiness()))
                .put("rounds", stats.rounds())
                .put("answered", stats.answered())
                .put("superseded", stats.superseded())
                .put("vitals", vitals);
    }

    private static JsonObject health(Enum<?> state, Optional<String> lastError) {
        return new JsonObject()
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("last_error", lastError.orElse(null));
    }

    private static JsonObject write(EngineStats.Members members) {
        return new JsonObject()
                .put("live", members.live())
                .put("dead", members.dead())
                .put("left", members.left());
    }

    private static JsonObject write(Readiness readiness) {
        return new JsonObject().put("ready", readiness.ready()).put("reason", readiness.reason());
    }

    private static JsonObject write(MemberVitals member) {
        return new JsonObject()
                .put("id", JsonParts.identity(member.identity()))
                .put("state", member.state().name().toLowerCase(Locale.ROOT))
                .put("phi", finite(member.phi()))
                .put("silence_ms", millis(member.silenceNanos()))
                .put("detection_timeout_ms", millis(member.detectionTimeoutNanos()))
                .put("removed_in_ms", millis(member.removedInNanos()))
                .put("heartbeat", JsonParts.unsigned(member.heartbeat()));
    }

    // JSON has no word for infinity.
    private static @Nullable Double finite(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
    }

    private static @Nullable Long millis(OptionalLong nanos) {
        return nanos.isPresent() ? TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong()) : null;
    }
}
