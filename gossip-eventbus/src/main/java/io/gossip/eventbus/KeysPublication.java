/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * All that one step changed in the keys of one member.
 *
 * @param sequence place among the publications of both addresses
 * @param clusterId the cluster
 * @param node whose keys
 * @param reset whether the member's keys are to be forgotten before the changes are applied
 * @param maxVersion max version after the step, unsigned
 * @param lastGcVersion last GC version after the step, unsigned
 * @param changes in version order; empty when only the versions moved
 */
public record KeysPublication(
        long sequence,
        String clusterId,
        NodeIdentity node,
        boolean reset,
        long maxVersion,
        long lastGcVersion,
        List<KeyChange> changes)
        implements ClusterPublication {
    /**
     * Copies the list.
     *
     * @param sequence place among the publications of both addresses
     * @param clusterId the cluster
     * @param node whose keys
     * @param reset whether the member's keys are to be forgotten before the changes are applied
     * @param maxVersion max version after the step, unsigned
     * @param lastGcVersion last GC version after the step, unsigned
     * @param changes in version order; empty when only the versions moved
     */
    public KeysPublication {
        changes = List.copyOf(changes);
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
    public static KeysPublication fromJson(JsonObject json) {
        return PublicationJson.readKeys(json);
    }
}
