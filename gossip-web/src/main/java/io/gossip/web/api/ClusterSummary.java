/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.api;

import io.gossip.core.event.MemberState;
import io.gossip.core.wire.ProtocolVersion;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Document;
import io.gossip.web.document.EntityTag;
import io.gossip.web.document.JsonText;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Writes the body of {@code GET /api/v1/cluster}. */
final class ClusterSummary {
    static final String REPRESENTATION = "cluster";

    private ClusterSummary() {}

    /** What the body shows. */
    record Source(ClusterPicture picture, ProtocolVersion protocolVersion) {}

    static Document render(Source source) {
        ClusterPicture picture = source.picture();
        Map<MemberState, Integer> counts = new EnumMap<>(MemberState.class);
        long keys = 0;
        for (MemberPicture member : picture.members()) {
            counts.merge(member.state(), 1, Integer::sum);
            keys += member.keyCount();
        }
        long allKeys = keys;
        ChunkedBytes target = new ChunkedBytes();
        JsonText.write(target, json -> {
            json.writeStartObject();
            JsonText.unsigned(json, "sequence", picture.sequence());
            JsonText.text(json, "cluster_id", picture.clusterId());
            json.writeFieldName("self");
            JsonText.identity(json, picture.self());
            json.writeStringField("protocol_version", name(source.protocolVersion()));
            json.writeArrayFieldStart("protocol_versions");
            for (ProtocolVersion version : ProtocolVersion.values()) {
                json.writeString(name(version));
            }
            json.writeEndArray();
            json.writeObjectFieldStart("members");
            for (MemberState state : MemberState.values()) {
                json.writeNumberField(JsonText.name(state), counts.getOrDefault(state, 0));
            }
            json.writeEndObject();
            json.writeNumberField("keys", allKeys);
            json.writeEndObject();
        });
        return new Document(EntityTag.of(picture, REPRESENTATION), target.finish());
    }

    private static String name(ProtocolVersion version) {
        return version.name().toLowerCase(Locale.ROOT);
    }
}
