/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.gossip.cli.doctor.Evidence.ClockReading;
import io.gossip.cli.doctor.Evidence.Condition;
import io.gossip.cli.doctor.Evidence.DigestFill;
import io.gossip.cli.doctor.Evidence.ListedMember;
import io.gossip.cli.doctor.Evidence.NodeReport;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What a node answers, as evidence. */
final class NodeAnswers {
    private final NodeClient client;

    NodeAnswers(NodeClient client) {
        this.client = client;
    }

    /** What the node tells of itself. */
    NodeReport node() {
        long askedMillis = System.currentTimeMillis();
        long askedNanos = System.nanoTime();
        JsonNode json = client.get("/api/v1/node", Map.of());
        long halfMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNanos) / 2;
        try {
            return report(
                    json, new ClockReading(json.path("time_ms").asLong() - askedMillis - halfMillis, halfMillis + 1));
        } catch (IllegalArgumentException malformed) {
            throw strange(malformed);
        }
    }

    /** Whom it lists. */
    List<ListedMember> members(Map<String, String> parameters) {
        List<ListedMember> members = new ArrayList<>();
        try {
            client.get("/api/v1/members", parameters).path("members").forEach(member -> members.add(member(member)));
        } catch (IllegalArgumentException malformed) {
            throw strange(malformed);
        }
        return members;
    }

    private OperatorException strange(IllegalArgumentException malformed) {
        return OperatorException.lasting(
                client.url() + " answers with what no gossip node says: " + malformed.getMessage());
    }

    private static NodeReport report(JsonNode json, ClockReading clock) {
        List<GossipAddress> seedNodes = new ArrayList<>();
        json.path("seed_nodes").forEach(address -> seedNodes.add(GossipAddress.parse(address.asText())));
        JsonNode digest = json.path("digest");
        return new NodeReport(
                identity(json.path("self")),
                json.path("cluster_id").asText(),
                clock,
                json.path("protocol_version").asText(),
                seedNodes,
                new DigestFill(
                        digest.path("bytes").asInt(),
                        Math.max(1, digest.path("limit").asInt()),
                        digest.path("partial").asLong()),
                condition(json));
    }

    private static Condition condition(JsonNode json) {
        JsonNode transport = json.path("transport");
        return new Condition(
                transport.path("state").asText(),
                text(transport.path("last_error")),
                json.path("readiness").path("ready").asBoolean(),
                json.path("readiness").path("reason").asText(),
                json.path("answered").asBoolean(),
                json.path("superseded").asBoolean(),
                json.path("bad_cluster_answers").asLong(),
                storeError(json.path("store")));
    }

    private static Optional<String> storeError(JsonNode store) {
        return store.path("state").asText().equals("failing")
                ? Optional.of(text(store.path("last_error")).orElse("no reason known"))
                : Optional.empty();
    }

    private static ListedMember member(JsonNode member) {
        JsonNode versions = member.path("protocol_versions");
        Set<String> understood = new TreeSet<>();
        versions.forEach(version -> understood.add(version.asText()));
        return new ListedMember(
                identity(member.path("id")),
                member.path("state").asText(),
                text(member.path("http")),
                versions.isArray() ? Optional.of(understood) : Optional.empty());
    }

    private static Optional<String> text(JsonNode value) {
        return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static NodeIdentity identity(JsonNode id) {
        return new NodeIdentity(
                id.path("node_id").asText(),
                Long.parseUnsignedLong(id.path("generation_id").asText()),
                GossipAddress.parse(id.path("gossip_advertise_addr").asText()));
    }
}
