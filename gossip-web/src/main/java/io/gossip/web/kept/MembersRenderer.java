/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.kept;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Chunks;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.document.FragmentCache;
import io.gossip.web.document.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the body of {@code GET /members} (contracts §2) from one fragment per member.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class MembersRenderer {
    static final String LIVE = "members";
    static final String ALL = "members-all";

    private final FragmentCache<byte[]> fragments =
            new FragmentCache<>(member -> JsonText.bytes(json -> member(json, member)));

    /** The body with the live members only, and with all. */
    record Documents(Document live, Document all) {}

    Documents render(ClusterPicture picture) {
        List<byte[]> members = fragments.of(picture);
        return new Documents(
                new Document(EntityTag.of(picture, LIVE), body(picture, members, false)),
                new Document(EntityTag.of(picture, ALL), body(picture, members, true)));
    }

    /** How many members' fragments were written so far. */
    long fragmentsMade() {
        return fragments.made();
    }

    private static Chunks body(ClusterPicture picture, List<byte[]> members, boolean all) {
        ChunkedBytes target = new ChunkedBytes();
        target.append("{\"members\":[".getBytes(StandardCharsets.US_ASCII));
        boolean first = true;
        for (int i = 0; i < members.size(); i++) {
            if (all || picture.members().get(i).isLive()) {
                if (!first) {
                    target.write(',');
                }
                first = false;
                target.append(members.get(i));
            }
        }
        target.append("]}".getBytes(StandardCharsets.US_ASCII));
        return target.finish();
    }

    private static void member(JsonGenerator json, MemberPicture member) throws IOException {
        NodeIdentity identity = member.identity();
        json.writeStartObject();
        JsonText.text(json, "node_id", identity.nodeId());
        JsonText.unsigned(json, "generation_id", identity.generation());
        json.writeStringField("gossip_addr", identity.gossipAddress().toString());
        json.writeBooleanField("alive", member.isLive());
        JsonText.service(json, member.service().orElse(null));
        json.writeEndObject();
    }
}
