/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.compare;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.eventbus.MemberSummary;
import io.gossip.eventbus.StatusName;
import io.gossip.web.document.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two members believe differently. Pure.
 *
 * <p>The other's view is read from its answers; what is malformed there ends in a {@link RuntimeException}, which the caller
 * turns into one clear problem.
 */
public final class StateDiff {
    /** Differences shown; those beyond are counted only. */
    static final int SHOWN = 500;

    /** Characters of a value that are shown. */
    static final int VALUE_LENGTH = 1_000;

    private StateDiff() {}

    /** What is believed of a member. When tombstones are collected is each member's own affair, and no difference. */
    private record Belief(MemberState state, long maxVersion) {
        Belief(MemberSummary member) {
            this(member.state(), member.maxVersion());
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("state", state.name().toLowerCase(Locale.ROOT))
                    .put("max_version", unsigned(maxVersion));
        }
    }

    private record Entry(String value, long version, String status) {
        JsonObject toJson() {
            return new JsonObject()
                    .put("value", value.substring(0, Math.min(value.length(), VALUE_LENGTH)))
                    .put("version", unsigned(version))
                    .put("status", status);
        }
    }

    /**
     * Compares the states and versions of all members.
     *
     * @param here this node's picture
     * @param there the other's answer to {@code /api/v1/members}
     * @return {@code {"compared","differing","truncated","differences":[{"id","here","there"}…]}}
     */
    static JsonObject ofMembers(ClusterPicture here, JsonObject there) {
        TreeMap<NodeIdentity, Belief> ours = new TreeMap<>();
        here.members().forEach(member -> ours.put(member.identity(), new Belief(member.state(), member.maxVersion())));
        TreeMap<NodeIdentity, Belief> theirs = new TreeMap<>();
        for (Object shown : there.getJsonArray("members")) {
            MemberSummary member = MemberSummary.fromJson((JsonObject) shown);
            theirs.put(member.identity(), new Belief(member));
        }
        return compare(ours, theirs, id -> new JsonObject().put("id", json(id)), Belief::toJson);
    }

    /**
     * Compares the keys that both see of one member, reserved keys included, tombstones left out.
     *
     * @param here the member as this node sees it; null if it is not listed
     * @param there the other's answer to {@code /api/v1/keys}, as far as its limit goes; null if it lists no such member
     * @return {@code {"compared","differing","truncated","differences":[{"key","here","there"}…]}}
     */
    static JsonObject ofKeys(@Nullable MemberPicture here, @Nullable JsonObject there) {
        NavigableMap<String, Entry> ours = here == null ? none() : entries(here);
        NavigableMap<String, Entry> theirs = there == null ? none() : entries(there);
        boolean cut = there != null && there.getBoolean("more");
        if (cut) {
            ours.tailMap(theirs.lastKey(), false).clear(); // what the other shows behind its last key is not known
        }
        JsonObject diff = compare(ours, theirs, key -> new JsonObject().put("key", key), Entry::toJson);
        return diff.put("truncated", cut || diff.getBoolean("truncated"));
    }

    private static NavigableMap<String, Entry> none() {
        return new TreeMap<>(Utf8::compare);
    }

    private static NavigableMap<String, Entry> entries(MemberPicture member) {
        NavigableMap<String, Entry> entries = none();
        for (KeyMutation entry : member.entries()) {
            if (entry.status() != EntryStatus.TOMBSTONE) {
                entries.put(entry.key(), new Entry(entry.value(), entry.version(), StatusName.of(entry.status())));
            }
        }
        return entries;
    }

    private static NavigableMap<String, Entry> entries(JsonObject answer) {
        NavigableMap<String, Entry> entries = none();
        for (Object shown : answer.getJsonArray("keys")) {
            JsonObject entry = (JsonObject) shown;
            long version = Long.parseUnsignedLong(entry.getValue("version").toString());
            entries.put(
                    entry.getString("key"), new Entry(entry.getString("value"), version, entry.getString("status")));
        }
        return entries;
    }

    private static <K, V> JsonObject compare(
            NavigableMap<K, V> ours,
            NavigableMap<K, V> theirs,
            Function<K, JsonObject> named,
            Function<V, JsonObject> shown) {
        TreeSet<K> all = new TreeSet<>(ours.comparator());
        all.addAll(ours.keySet());
        all.addAll(theirs.keySet());
        JsonArray differences = new JsonArray();
        int differing = 0;
        for (K key : all) {
            @Nullable V here = ours.get(key);
            @Nullable V there = theirs.get(key);
            if (here != null && here.equals(there)) {
                continue;
            }
            differing++;
            if (differing <= SHOWN) {
                differences.add(named.apply(key)
                        .put("here", here == null ? null : shown.apply(here))
                        .put("there", there == null ? null : shown.apply(there)));
            }
        }
        return new JsonObject()
                .put("compared", all.size())
                .put("differing", differing)
                .put("truncated", differing > SHOWN)
                .put("differences", differences);
    }

    static JsonObject json(NodeIdentity identity) {
        return new JsonObject(Buffer.buffer(JsonText.bytes(json -> JsonText.identity(json, identity))));
    }

    private static Number unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
