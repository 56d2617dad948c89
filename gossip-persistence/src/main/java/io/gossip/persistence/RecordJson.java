/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.persistence;

import io.gossip.core.identity.GossipAddress;
import io.gossip.transport.store.MemberMemory;
import io.gossip.transport.store.MemberRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON form of a record, told apart by its first name. */
final class RecordJson {
    private RecordJson() {}

    static JsonObject write(MemberRecord record) {
        if (record instanceof MemberRecord.OwnedBy owned) {
            return new JsonObject()
                    .put("node", owned.owner().nodeId())
                    .put("cluster", owned.owner().clusterId());
        }
        if (record instanceof MemberRecord.GenerationUsed used) {
            return new JsonObject().put("generation", Long.toUnsignedString(used.generation()));
        }
        if (record instanceof MemberRecord.KeySet set) {
            return write(set.key());
        }
        if (record instanceof MemberRecord.KeyGone gone) {
            return new JsonObject().put("delete", gone.key());
        }
        if (record instanceof MemberRecord.Configured configured) {
            JsonObject keyValues = new JsonObject();
            configured.keyValues().forEach(keyValues::put);
            return new JsonObject().put("configured", keyValues);
        }
        if (record instanceof MemberRecord.PeersKnown known) {
            JsonArray peers = new JsonArray();
            known.peers().forEach(peer -> peers.add(write(peer)));
            return new JsonObject().put("peers", peers);
        }
        // OnlyKeys never gets here: the store puts plain records in its place.
        throw new AssertionError("unhandled record: " + record);
    }

    private static JsonObject write(MemberMemory.Key key) {
        JsonObject json = new JsonObject().put("set", key.key()).put("value", key.value());
        key.collectedSince().ifPresent(since -> json.put("collected_since", since.toString()));
        return json;
    }

    private static JsonObject write(MemberMemory.Peer peer) {
        return new JsonObject()
                .put("address", peer.address().toString())
                .put("node", peer.nodeId())
                .put("last_seen", peer.lastSeen().toString());
    }

    /** Reads a record; throws some {@link RuntimeException} for what is none. */
    static MemberRecord read(JsonObject json) {
        if (json.containsKey("node")) {
            return new MemberRecord.OwnedBy(new MemberMemory.Owner(text(json, "cluster"), text(json, "node")));
        }
        if (json.containsKey("generation")) {
            return new MemberRecord.GenerationUsed(Long.parseUnsignedLong(text(json, "generation")));
        }
        if (json.containsKey("set")) {
            return new MemberRecord.KeySet(new MemberMemory.Key(text(json, "set"), text(json, "value"), since(json)));
        }
        if (json.containsKey("delete")) {
            return new MemberRecord.KeyGone(text(json, "delete"));
        }
        if (json.containsKey("configured")) {
            return configured(json.getJsonObject("configured"));
        }
        if (json.containsKey("peers")) {
            return peers(json.getJsonArray("peers"));
        }
        throw new IllegalArgumentException("no such record: " + json.fieldNames());
    }

    private static Optional<Instant> since(JsonObject json) {
        return Optional.ofNullable(json.getString("collected_since")).map(Instant::parse);
    }

    private static MemberRecord configured(JsonObject json) {
        Map<String, String> keyValues = new LinkedHashMap<>();
        json.fieldNames().forEach(key -> keyValues.put(key, text(json, key)));
        return new MemberRecord.Configured(keyValues);
    }

    private static MemberRecord peers(JsonArray json) {
        List<MemberMemory.Peer> peers = new ArrayList<>();
        for (int i = 0; i < json.size(); i++) {
            JsonObject peer = json.getJsonObject(i);
            peers.add(new MemberMemory.Peer(
                    text(peer, "node"),
                    GossipAddress.parse(text(peer, "address")),
                    Instant.parse(text(peer, "last_seen"))));
        }
        return new MemberRecord.PeersKnown(peers);
    }

    private static String text(JsonObject json, String name) {
        String text = json.getString(name);
        if (text == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return text;
    }
}
