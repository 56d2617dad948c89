/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Members came, went or changed their state. Within one publication no member's later list contradicts an earlier one:
 * a member may have joined and become alive, but not have died and become alive.
 *
 * @param sequence place among the publications of both addresses
 * @param clusterId the cluster
 * @param joined listed for the first time
 * @param alive became live, for the first time or again
 * @param dead silent or retired
 * @param left said goodbye
 * @param removed no longer listed
 * @param liveNodes all live members after the change, the publishing node included, in identity order
 */
public record MembersPublication(
        long sequence,
        String clusterId,
        List<NodeIdentity> joined,
        List<NodeIdentity> alive,
        List<NodeIdentity> dead,
        List<NodeIdentity> left,
        List<NodeIdentity> removed,
        List<NodeIdentity> liveNodes)
        implements ClusterPublication {
    /**
     * Copies the lists.
     *
     * @param sequence place among the publications of both addresses
     * @param clusterId the cluster
     * @param joined listed for the first time
     * @param alive became live, for the first time or again
     * @param dead silent or retired
     * @param left said goodbye
     * @param removed no longer listed
     * @param liveNodes all live members after the change, the publishing node included, in identity order
     */
    public MembersPublication {
        joined = List.copyOf(joined);
        alive = List.copyOf(alive);
        dead = List.copyOf(dead);
        left = List.copyOf(left);
        removed = List.copyOf(removed);
        liveNodes = List.copyOf(liveNodes);
    }

    @Override
    public JsonObject toJson() {
        return PublicationJson.write(this);
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param json the body
     * @return the publication
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static MembersPublication fromJson(JsonObject json) {
        return PublicationJson.readMembers(json);
    }
}
