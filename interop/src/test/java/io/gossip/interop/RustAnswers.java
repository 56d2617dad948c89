/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the Rust program prints. */
final class RustAnswers {
    private RustAnswers() {}

    static View view(JsonObject answer) {
        Map<NodeIdentity, View.Known> members = new HashMap<>();
        objects(answer.getJsonArray("nodes"))
                .forEach(node -> members.put(identity(node.getJsonObject("id")), known(node)));
        return new View(identities(answer.getJsonArray("live")), identities(answer.getJsonArray("dead")), members);
    }

    static Fingerprint fingerprint(JsonObject answer, NodeIdentity member) {
        return objects(answer.getJsonArray("nodes"))
                .filter(node -> identity(node.getJsonObject("id")).equals(member))
                .map(node -> new Fingerprint(unsigned(node, "key_count"), node.getString("hash")))
                .findFirst()
                .orElse(Fingerprint.NONE);
    }

    static NodeIdentity identity(JsonObject id) {
        return new NodeIdentity(
                id.getString("node_id"),
                unsigned(id, "generation_id"),
                GossipAddress.parse(id.getString("gossip_advertise_addr")));
    }

    static Stream<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast);
    }

    private static Set<NodeIdentity> identities(JsonArray ids) {
        return objects(ids).map(RustAnswers::identity).collect(Collectors.toUnmodifiableSet());
    }

    private static View.Known known(JsonObject node) {
        JsonObject keys = node.getJsonObject("keys");
        Map<String, KeyMutation> entries = new HashMap<>();
        keys.fieldNames().forEach(key -> entries.put(key, entry(key, keys.getJsonObject(key))));
        return new View.Known(
                unsigned(node, "heartbeat"), unsigned(node, "max_version"), unsigned(node, "last_gc_version"), entries);
    }

    private static KeyMutation entry(String key, JsonObject entry) {
        return new KeyMutation(
                key, entry.getString("value"), unsigned(entry, "version"), status(entry.getString("status")));
    }

    private static EntryStatus status(String name) {
        return switch (name) {
            case "Set" -> EntryStatus.SET;
            case "Delete" -> EntryStatus.TOMBSTONE;
            case "DeleteAfterTtl" -> EntryStatus.DELETE_AFTER_TTL;
            default -> throw new AssertionError("unknown status " + name);
        };
    }

    // Above 2^63 the parser yields a BigInteger, whose low 64 bits are what we want.
    private static long unsigned(JsonObject json, String name) {
        return json.getNumber(name).longValue();
    }
}
