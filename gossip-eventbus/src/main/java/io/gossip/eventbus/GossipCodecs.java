/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The codecs of all records that this module sends over the event bus, under names that stay as they are. */
public final class GossipCodecs {
    private static final List<Entry<?>> ENTRIES = List.of(
            new Entry<>(MembersPublication.class, "members", MembersPublication::toJson, MembersPublication::fromJson),
            new Entry<>(KeysPublication.class, "keys", KeysPublication::toJson, KeysPublication::fromJson),
            new Entry<>(ClusterPicture.class, "snapshot", ClusterPicture::toJson, ClusterPicture::fromJson),
            new Entry<>(MemberList.class, "member-list", MemberList::toJson, MemberList::fromJson),
            new Entry<>(KeyList.class, "key-list", KeyList::toJson, KeyList::fromJson),
            new Entry<>(WriteReply.class, "write", WriteReply::toJson, WriteReply::fromJson),
            new Entry<>(NodeStatus.class, "status", NodeStatus::toJson, GossipCodecs::noStatusFromJson));

    private static final String USERS = "io.gossip.eventbus.codecs";

    private GossipCodecs() {}

    /**
     * Registers them as the default codecs of their types, for good. {@link GossipVerticle} does so by itself for as long
     * as it is deployed; only who sends these records without one needs to call it. May be called again.
     *
     * @param vertx where
     * @throws IllegalStateException if a codec of another with one of the types or names {@code gossip.…} is registered;
     *     then none is
     */
    public static void register(Vertx vertx) {
        acquire(vertx);
    }

    /** Registers them unless someone has; everyone who does must {@link #release} them. */
    static void acquire(Vertx vertx) {
        users(vertx).compute(USERS, (name, users) -> {
            if (users == null) {
                addAllOrNone(vertx.eventBus());
                return 1;
            }
            return users + 1;
        });
    }

    /** The last one takes them away. */
    static void release(Vertx vertx) {
        users(vertx).computeIfPresent(USERS, (name, users) -> {
            if (users == 1) {
                ENTRIES.forEach(entry -> vertx.eventBus().unregisterDefaultCodec(entry.type()));
                return null;
            }
            return users - 1;
        });
    }

    // One entry, whose changes the map makes one after another: several verticles may come and go at once.
    private static LocalMap<String, Integer> users(Vertx vertx) {
        return vertx.sharedData().getLocalMap(USERS);
    }

    // Another's codec of a type or a name may be in the way.
    private static void addAllOrNone(EventBus bus) {
        List<Class<?>> added = new ArrayList<>();
        try {
            for (Entry<?> entry : ENTRIES) {
                entry.addTo(bus);
                added.add(entry.type());
            }
        } catch (RuntimeException refused) {
            added.forEach(bus::unregisterDefaultCodec);
            throw refused;
        }
    }

    /** What one type is sent as. */
    private record Entry<T>(
            Class<T> type, String name, Function<T, JsonObject> toJson, Function<JsonObject, T> fromJson) {
        void addTo(EventBus bus) {
            bus.registerDefaultCodec(type, new JsonTextCodec<>("gossip." + name, toJson, fromJson));
        }
    }

    // Its JSON leaves out most counters; and the addresses are local to one Vert.x, so no one ever needs it.
    private static NodeStatus noStatusFromJson(JsonObject json) {
        throw new UnsupportedOperationException("a node status cannot be read back from JSON");
    }
}
