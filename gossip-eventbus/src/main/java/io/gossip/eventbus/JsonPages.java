/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The JSON replies that may be long, page by page: each costs the event loop little, however large the cluster is, and
 * all pages of one reading are true at one sequence. Confined to the verticle's context.
 */
final class JsonPages {
    static final int DEFAULT_PAGE_BYTES = 128 * 1024;
    private static final int MIN_PAGE_BYTES = 1024;
    private static final int MAX_PAGE_BYTES = 1024 * 1024;

    // What a member or an entry takes beside its own text, roughly. A page may exceed its size by one of them.
    private static final int MEMBER_BYTES = 200;
    private static final int ENTRY_BYTES = 60;

    private final Supplier<Future<ClusterPicture>> pictures;
    private final HeldPictures held;

    JsonPages(Vertx vertx, Supplier<Future<ClusterPicture>> pictures) {
        this.pictures = pictures;
        held = new HeldPictures(vertx);
    }

    Future<JsonObject> snapshot(Request request) {
        return page(request, JsonPages::snapshotPage);
    }

    Future<JsonObject> members(Request request) {
        return page(request, JsonPages::membersPage);
    }

    Future<JsonObject> keys(Request request) {
        String prefix = request.textOr("prefix", "");
        boolean reserved = request.boolOr("reserved", false);
        @Nullable String nodeId = request.has("node_id") ? request.text("node_id") : null;
        return page(request, (picture, page) -> {
            MemberPicture member = (nodeId == null ? picture.member(picture.self()) : picture.member(nodeId))
                    .orElseThrow(() -> RequestFailure.notFound("no member '" + nodeId + "'"));
            return keysPage(member, prefix, reserved, page);
        });
    }

    void close() {
        held.close();
    }

    private Future<JsonObject> page(Request request, Cutter cutter) {
        int bytes = pageBytes(request);
        if (!request.has("page")) {
            return pictures.get().map(picture -> cut(picture, null, new Page(0, 0, bytes), cutter));
        }
        PagePosition at = PagePosition.parse(request.text("page"));
        ClusterPicture picture = held.find(at.picture())
                .orElseThrow(() -> RequestFailure.notFound("page '" + at + "' is not held any longer, start over"));
        return Future.succeededFuture(cut(picture, at, new Page(at.member(), at.entry(), bytes), cutter));
    }

    private JsonObject cut(ClusterPicture picture, @Nullable PagePosition at, Page page, Cutter cutter) {
        JsonObject json = cutter.cut(picture, page);
        if (page.isLast) {
            if (at != null) {
                held.release(at.picture());
            }
            return json.putNull("next");
        }
        long number = at == null ? held.hold(picture) : at.picture();
        return json.put("next", new PagePosition(number, page.member, page.entry).toString());
    }

    private static int pageBytes(Request request) {
        long bytes = request.integerOr("page_bytes", DEFAULT_PAGE_BYTES);
        if (bytes < MIN_PAGE_BYTES || bytes > MAX_PAGE_BYTES) {
            throw RequestFailure.badRequest(
                    "\"page_bytes\" must be between " + MIN_PAGE_BYTES + " and " + MAX_PAGE_BYTES + ", was " + bytes);
        }
        return (int) bytes;
    }

    private static JsonObject snapshotPage(ClusterPicture picture, Page page) {
        JsonArray members = new JsonArray();
        while (page.member < picture.members().size() && !page.isFull()) {
            MemberPicture member = picture.members().get(page.member);
            JsonArray entries = new JsonArray();
            members.add(PictureJson.head(member).put("entries", entries));
            page.take(MEMBER_BYTES);
            addEntries(member.entries(), page, entries);
            if (page.entry >= member.entries().size()) {
                page.nextMember();
            }
        }
        page.isLast = page.member >= picture.members().size();
        return PictureJson.head(picture).put("members", members);
    }

    private static JsonObject membersPage(ClusterPicture picture, Page page) {
        JsonArray members = new JsonArray();
        for (; page.member < picture.members().size() && !page.isFull(); page.nextMember()) {
            members.add(picture.members().get(page.member).summary().toJson());
            page.take(MEMBER_BYTES);
        }
        page.isLast = page.member >= picture.members().size();
        return new JsonObject()
                .put("sequence", JsonParts.unsigned(picture.sequence()))
                .put("cluster_id", picture.clusterId())
                .put("members", members);
    }

    private static JsonObject keysPage(MemberPicture member, String prefix, boolean reserved, Page page) {
        JsonArray keys = new JsonArray();
        List<KeyMutation> entries = member.entries(prefix);
        for (; page.entry < entries.size() && !page.isFull(); page.entry++) {
            KeyMutation entry = entries.get(page.entry);
            if (entry.status() != EntryStatus.TOMBSTONE && (reserved || !ReservedKeys.isReserved(entry.key()))) {
                keys.add(JsonParts.entry(entry));
            }
            page.take(bytes(entry)); // what is left out costs time as well
        }
        page.isLast = page.entry >= entries.size();
        return new JsonObject()
                .put("node", JsonParts.identity(member.identity()))
                .put("keys", keys);
    }

    private static void addEntries(List<KeyMutation> entries, Page page, JsonArray target) {
        for (; page.entry < entries.size() && !page.isFull(); page.entry++) {
            KeyMutation entry = entries.get(page.entry);
            target.add(JsonParts.entry(entry));
            page.take(bytes(entry));
        }
    }

    private static int bytes(KeyMutation entry) {
        return entry.key().length() + entry.value().length() + ENTRY_BYTES;
    }

    /** Fills a page of a picture, from where the page begins. */
    private interface Cutter {
        JsonObject cut(ClusterPicture picture, Page page);
    }

    /** How far a page has got, and how much still fits. */
    private static final class Page {
        private int member;
        private int entry;
        private int bytesLeft;
        private boolean isLast;

        private Page(int member, int entry, int bytes) {
            this.member = member;
            this.entry = entry;
            bytesLeft = bytes;
        }

        private void take(int bytes) {
            bytesLeft -= bytes;
        }

        private boolean isFull() {
            return bytesLeft <= 0;
        }

        private void nextMember() {
            member++;
            entry = 0;
        }
    }
}
