/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.openapi;

import io.gossip.core.engine.Profile;
import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.ServiceTypes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a node lets its own member write, as schemas say it.
 *
 * @param types the services that it may offer
 * @param profile decides which keys it may set
 * @param maxEntryBytes the most that key and value may take together, in bytes of UTF-8
 * @param maxDatagramBytes the most that a datagram of the node may take
 */
public record NodeRules(ServiceTypes types, Profile profile, int maxEntryBytes, int maxDatagramBytes) {
    private static final String MAX_ENTRY_BYTES = "x-max-entry-bytes"; // no schema knows of bytes, or of sums

    /** The rules of a node with these options. */
    public static NodeRules of(GossipOptions options) {
        return new NodeRules(
                ServiceTypes.KNOWN.with(options.getServiceTypes()),
                options.getNode().getProfile(),
                options.getNode().getMaxEntryBytes(),
                options.getNode().getMaxDatagramBytes());
    }

    /** Puts the rules into the OpenAPI document, in place of the ones that were written by hand. */
    void describeIn(JsonObject document) {
        JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
        JsonObject key = schemas.getJsonObject("OwnKey").put(MAX_ENTRY_BYTES, maxEntryBytes);
        if (profile == Profile.JVM) {
            key.remove("pattern");
        }
        schemas.getJsonObject("NewValue").put(MAX_ENTRY_BYTES, maxEntryBytes);
        schemas.getJsonObject("ServiceOffer").put("anyOf", offers());
    }

    private JsonArray offers() {
        JsonArray offers = new JsonArray();
        List<String> sharded = types.names().stream().filter(this::isSharded).toList();
        if (!sharded.isEmpty()) {
            offers.add(new JsonObject().put("properties", typeIn(sharded)));
        }
        List<String> whole =
                types.names().stream().filter(name -> !isSharded(name)).toList();
        if (!whole.isEmpty()) {
            JsonObject firstShard = new JsonObject().put("maximum", 0);
            offers.add(new JsonObject().put("properties", typeIn(whole).put("shard", firstShard)));
        }
        return offers;
    }

    private boolean isSharded(String type) {
        return types.service(type, 0, "127.0.0.1:0").sharded();
    }

    private static JsonObject typeIn(List<String> names) {
        return new JsonObject().put("service_type", new JsonObject().put("enum", new JsonArray(names)));
    }
}
