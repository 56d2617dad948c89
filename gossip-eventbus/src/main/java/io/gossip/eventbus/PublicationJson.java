/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import static io.gossip.eventbus.JsonParts.array;
import static io.gossip.eventbus.JsonParts.bool;
import static io.gossip.eventbus.JsonParts.identities;
import static io.gossip.eventbus.JsonParts.identity;
import static io.gossip.eventbus.JsonParts.text;
import static io.gossip.eventbus.JsonParts.unsigned;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The JSON form of the two publications, contracts §3. */
final class PublicationJson {
    private PublicationJson() {}

    static JsonObject write(MembersPublication publication) {
        return new JsonObject()
                .put("sequence", unsigned(publication.sequence()))
                .put("cluster_id", publication.clusterId())
                .put("joined", identities(publication.joined()))
                .put("alive", identities(publication.alive()))
                .put("dead", identities(publication.dead()))
                .put("left", identities(publication.left()))
                .put("removed", identities(publication.removed()))
                .put("live_nodes", identities(publication.liveNodes()));
    }

    static MembersPublication readMembers(JsonObject json) {
        return new MembersPublication(
                unsigned(json, "sequence"),
                text(json, "cluster_id"),
                nodes(json, "joined"),
                nodes(json, "alive"),
                nodes(json, "dead"),
                nodes(json, "left"),
                nodes(json, "removed"),
                nodes(json, "live_nodes"));
    }

    static JsonObject write(KeysPublication publication) {
        JsonArray changes = new JsonArray();
        publication.changes().forEach(change -> changes.add(write(change)));
        return new JsonObject()
                .put("sequence", unsigned(publication.sequence()))
                .put("cluster_id", publication.clusterId())
                .put("node", identity(publication.node()))
                .put("reset", publication.reset())
                .put("max_version", unsigned(publication.maxVersion()))
                .put("last_gc_version", unsigned(publication.lastGcVersion()))
                .put("changes", changes);
    }

    static KeysPublication readKeys(JsonObject json) {
        return new KeysPublication(
                unsigned(json, "sequence"),
                text(json, "cluster_id"),
                identity(JsonParts.object(json, "node")),
                bool(json, "reset"),
                unsigned(json, "max_version"),
                unsigned(json, "last_gc_version"),
                array(json, "changes", PublicationJson::readChange));
    }

    private static JsonObject write(KeyChange change) {
        return new JsonObject()
                .put("key", change.key())
                .put("value", change.value())
                .put("version", unsigned(change.version()))
                .put("status", StatusName.of(change.kind()));
    }

    private static KeyChange readChange(JsonObject json) {
        return new KeyChange(
                text(json, "key"),
                text(json, "value"),
                unsigned(json, "version"),
                StatusName.kind(text(json, "status")));
    }

    private static List<NodeIdentity> nodes(JsonObject json, String field) {
        return array(json, field, JsonParts::identity);
    }
}
