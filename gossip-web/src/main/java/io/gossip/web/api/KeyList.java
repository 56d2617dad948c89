/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.state.KeyMutation;
import io.gossip.eventbus.MemberPicture;
import io.gossip.eventbus.StatusName;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Chunks;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.document.JsonText;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the keys of one member that a query asks for, once as long as the member does not change.
 *
 * <p><b>Threads:</b> one at a time, each after the one before.
 */
final class KeyList implements Function<KeyList.Source, Document> {
    static final String REPRESENTATION = "keys";

    private final KeyQuery query;
    private @Nullable MemberPicture lastMember;
    private @Nullable Chunks last;

    KeyList(KeyQuery query) {
        this.query = query;
    }

    /**
     * What the body shows.
     *
     * @param tag of the picture that the member is in
     * @param member whose keys
     */
    record Source(EntityTag tag, MemberPicture member) {}

    @Override
    public Document apply(Source source) {
        return new Document(source.tag(), body(source.member()));
    }

    @SuppressWarnings("ReferenceEquality") // a member is the same object until it changes
    private Chunks body(MemberPicture member) {
        Chunks known = last;
        if (known == null || lastMember != member) {
            known = write(member);
            lastMember = member;
            last = known;
        }
        return known;
    }

    private Chunks write(MemberPicture member) {
        KeyQuery.Result found = query.in(member);
        ChunkedBytes target = new ChunkedBytes();
        JsonText.write(target, json -> {
            json.writeStartObject();
            json.writeFieldName("node");
            JsonText.identity(json, member.identity());
            json.writeArrayFieldStart("keys");
            for (KeyMutation entry : found.entries()) {
                JsonText.entry(json, entry.key(), entry.value(), entry.version(), StatusName.of(entry.status()));
            }
            json.writeEndArray();
            json.writeBooleanField("more", found.more());
            json.writeEndObject();
        });
        return target.finish();
    }
}
