/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.engine.ReservedKeys;
import io.gossip.core.event.MemberState;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.HttpAddress;
import io.gossip.eventbus.MemberPicture;
import io.gossip.eventbus.MemberSummary;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.document.FragmentCache;
import io.gossip.web.document.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes the bodies of {@code GET /api/v1/members} and {@code GET /api/v1/members/{nodeId}} from one fragment per member.
 *
 * <p><b>Threads:</b> thread-safe.
 */
final class MemberSummaries {
    static final String LIST = "members-v1";
    static final String ONE = "member";

    private final FragmentCache<byte[]> fragments =
            new FragmentCache<>(member -> JsonText.bytes(json -> write(json, member)));

    /**
     * Which members.
     *
     * @param state those in this state; empty for all
     * @param service those that offer this type of service; empty for all
     * @param nodeId those of this name; empty for all
     */
    record Filter(Optional<MemberState> state, Optional<String> service, Optional<String> nodeId) {
        boolean lets(MemberPicture member) {
            return state.map(wanted -> member.state() == wanted).orElse(true)
                    && nodeId.map(wanted -> member.identity().nodeId().equals(wanted))
                            .orElse(true)
                    && service.map(wanted -> member.service()
                                    .filter(offered -> offered.type().equals(wanted))
                                    .isPresent())
                            .orElse(true);
        }
    }

    /** Members that pass a filter. */
    Document list(Filter filter, ClusterPicture picture) {
        List<byte[]> members = fragments.of(picture);
        ChunkedBytes target = new ChunkedBytes();
        target.append(ascii("{\"sequence\":" + Long.toUnsignedString(picture.sequence()) + ",\"cluster_id\":"));
        JsonText.write(target, json -> json.writeString(JsonText.wellFormed(picture.clusterId())));
        target.append(ascii(",\"members\":["));
        boolean first = true;
        for (int i = 0; i < members.size(); i++) {
            if (filter.lets(picture.members().get(i))) {
                if (!first) {
                    target.write(',');
                }
                first = false;
                target.append(members.get(i));
            }
        }
        target.append(ascii("]}"));
        return new Document(EntityTag.of(picture, LIST), target.finish());
    }

    /** One member. */
    static Document one(ClusterPicture picture, MemberPicture member) {
        ChunkedBytes target = new ChunkedBytes();
        JsonText.write(target, json -> write(json, member));
        return new Document(EntityTag.of(picture, ONE), target.finish());
    }

    /** How many members' fragments were written so far. */
    long fragmentsMade() {
        return fragments.made();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(JsonGenerator json, MemberPicture picture) throws IOException {
        MemberSummary member = picture.summary();
        json.writeStartObject();
        json.writeFieldName("id");
        JsonText.identity(json, member.identity());
        json.writeStringField("state", JsonText.name(member.state()));
        JsonText.service(json, member.service());
        json.writeNumberField("keys", member.keys());
        JsonText.unsigned(json, "max_version", member.maxVersion());
        JsonText.unsigned(json, "last_gc_version", member.lastGcVersion());
        json.writeFieldName("http");
        Optional<String> http =
                picture.value(ReservedKeys.HTTP).flatMap(HttpAddress::parse).map(HttpAddress::toString);
        if (http.isPresent()) {
            json.writeString(JsonText.wellFormed(http.get()));
        } else {
            json.writeNull();
        }
        protocolVersions(json, picture.value(ReservedKeys.PROTOCOL));
        json.writeEndObject();
    }

    // Members may write anything there, and later ones will know of later versions.
    private static void protocolVersions(JsonGenerator json, Optional<String> told) throws IOException {
        json.writeFieldName("protocol_versions");
        if (told.filter(text -> text.matches("[0-9]{1,3}(,[0-9]{1,3}){0,9}")).isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartArray();
        for (String number : told.get().split(",", -1)) {
            json.writeString("v" + number);
        }
        json.writeEndArray();
    }
}
