/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/** The codecs of all records that this module sends over the event bus, under names that stay as they are. */
public final class GossipCodecs {
    private GossipCodecs() {}

    /**
     * Registers them as the default codecs of their types. {@link GossipVerticle} does so by itself; only who sends these
     * records without one needs to call it. Doing it again does nothing.
     *
     * @param vertx where
     */
    public static void register(Vertx vertx) {
        EventBus bus = vertx.eventBus();
        add(bus, MembersPublication.class, "members", MembersPublication::toJson, MembersPublication::fromJson);
        add(bus, KeysPublication.class, "keys", KeysPublication::toJson, KeysPublication::fromJson);
        add(bus, ClusterPicture.class, "snapshot", ClusterPicture::toJson, ClusterPicture::fromJson);
        add(bus, MemberList.class, "member-list", MemberList::toJson, MemberList::fromJson);
        add(bus, KeyList.class, "key-list", KeyList::toJson, KeyList::fromJson);
        add(bus, WriteReply.class, "write", WriteReply::toJson, WriteReply::fromJson);
        add(bus, NodeStatus.class, "status", NodeStatus::toJson, GossipCodecs::noStatusFromJson);
    }

    private static <T> void add(
            EventBus bus,
            Class<T> type,
            String name,
            Function<T, JsonObject> toJson,
            Function<JsonObject, T> fromJson) {
        try {
            bus.registerDefaultCodec(type, new JsonTextCodec<>("gossip." + name, toJson, fromJson));
        } catch (IllegalStateException registeredAlready) {
            // By another verticle in this Vertx: the bus has no way to ask beforehand.
        }
    }

    // Its JSON leaves out most counters; and the addresses are local to one Vert.x, so no one ever needs it.
    private static NodeStatus noStatusFromJson(JsonObject json) {
        throw new UnsupportedOperationException("a node status cannot be read back from JSON");
    }
}
