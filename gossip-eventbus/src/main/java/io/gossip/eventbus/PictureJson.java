/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The JSON form of a whole picture. */
final class PictureJson {
    private PictureJson() {}

    static JsonObject write(ClusterPicture picture) {
        JsonArray members = new JsonArray();
        picture.members().forEach(member -> members.add(write(member)));
        return head(picture).put("members", members);
    }

    /** All but the members. */
    static JsonObject head(ClusterPicture picture) {
        JsonArray seeds = new JsonArray();
        picture.seedAddresses().forEach(seed -> seeds.add(seed.toString()));
        return new JsonObject()
                .put("sequence", JsonParts.unsigned(picture.sequence()))
                .put("cluster_id", picture.clusterId())
                .put("self", JsonParts.identity(picture.self()))
                .put("seed_addrs", seeds)
                .put("required_keys", new JsonArray(picture.requiredKeys()));
    }

    static ClusterPicture read(JsonObject json) {
        List<GossipAddress> seeds = new ArrayList<>();
        if (!(json.getValue("seed_addrs") instanceof JsonArray addresses)) {
            throw new IllegalArgumentException("\"seed_addrs\" must be an array");
        }
        addresses.forEach(address -> seeds.add(GossipAddress.parse(String.valueOf(address))));
        return new ClusterPicture(
                JsonParts.unsigned(json, "sequence"),
                JsonParts.text(json, "cluster_id"),
                JsonParts.identity(JsonParts.object(json, "self")),
                MemberTable.of(JsonParts.array(json, "members", PictureJson::readMember)),
                seeds,
                JsonParts.texts(json, "required_keys"));
    }

    private static JsonObject write(MemberPicture member) {
        JsonArray entries = new JsonArray();
        member.entries().forEach(entry -> entries.add(JsonParts.entry(entry)));
        return head(member).put("entries", entries);
    }

    /** All but the entries. */
    static JsonObject head(MemberPicture member) {
        return new JsonObject()
                .put("id", JsonParts.identity(member.identity()))
                .put("state", member.state().name().toLowerCase(Locale.ROOT))
                .put("heartbeat", JsonParts.unsigned(member.heartbeat()))
                .put("max_version", JsonParts.unsigned(member.maxVersion()))
                .put("last_gc_version", JsonParts.unsigned(member.lastGcVersion()));
    }

    private static MemberPicture readMember(JsonObject json) {
        return new MemberPicture(
                JsonParts.identity(JsonParts.object(json, "id")),
                MemberState.valueOf(JsonParts.text(json, "state").toUpperCase(Locale.ROOT)),
                JsonParts.unsigned(json, "heartbeat"),
                JsonParts.unsigned(json, "max_version"),
                JsonParts.unsigned(json, "last_gc_version"),
                KeyTable.of(List.copyOf(JsonParts.array(json, "entries", JsonParts::entry))));
    }
}
