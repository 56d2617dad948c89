/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * All listed members, the answer to {@code members}. As JSON {@code {"sequence","cluster_id","members":[…]}}.
 *
 * @param sequence the publication up to which the list is true
 * @param clusterId the cluster
 * @param members in identity order, dead and left ones included
 */
public record MemberList(long sequence, String clusterId, List<MemberSummary> members) {
    /**
     * Copies the list.
     *
     * @param sequence the publication up to which the list is true
     * @param clusterId the cluster
     * @param members in identity order, dead and left ones included
     */
    public MemberList {
        members = List.copyOf(members);
    }

    /** {@return the reply as JSON} */
    public JsonObject toJson() {
        JsonArray array = new JsonArray();
        members.forEach(member -> array.add(member.toJson()));
        return new JsonObject()
                .put("sequence", JsonParts.unsigned(sequence))
                .put("cluster_id", clusterId)
                .put("members", array);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the reply
     * @return the reply
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static MemberList fromJson(JsonObject json) {
        return new MemberList(
                JsonParts.unsigned(json, "sequence"),
                JsonParts.text(json, "cluster_id"),
                JsonParts.array(json, "members", MemberSummary::fromJson));
    }
}
