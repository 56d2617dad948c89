/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.kept;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.state.KeyMutation;
import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.MemberPicture;
import io.gossip.eventbus.StatusName;
import io.gossip.web.cluster.Heartbeats;
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
 * Writes the body of {@code GET /} (contracts §2, semantics §16) from one fragment per member. A fragment is cut at the
 * heartbeat, the only thing in it that changes without a publication.
 *
 * <p><b>Threads:</b> one at a time.
 */
final class StateRenderer {
    static final String FULL_IDS = "state";
    static final String SHORT_IDS = "state-short";

    private final FragmentCache<Fragment> fragments = new FragmentCache<>(StateRenderer::fragment);

    /** What the body shows. Equal if made of the very same parts. */
    record Source(ClusterPicture picture, Heartbeats heartbeats) {}

    /** The two forms of the body, which share the node states. */
    record Documents(Document fullIds, Document shortIds) {}

    Documents render(Source source) {
        ClusterPicture picture = source.picture();
        List<Fragment> nodes = fragments.of(picture);
        Chunks state = clusterState(source, nodes);
        return new Documents(
                new Document(EntityTag.of(picture, FULL_IDS), body(picture, state, nodes, true)),
                new Document(EntityTag.of(picture, SHORT_IDS), body(picture, state, nodes, false)));
    }

    /** How many members' fragments were written so far. */
    long fragmentsMade() {
        return fragments.made();
    }

    private static Chunks clusterState(Source source, List<Fragment> nodes) {
        ChunkedBytes target = new ChunkedBytes();
        target.append(ascii("{\"cluster_id\":"));
        JsonText.write(
                target,
                json -> json.writeString(JsonText.wellFormed(source.picture().clusterId())));
        target.append(ascii(",\"cluster_state\":{\"node_states\":["));
        for (int i = 0; i < nodes.size(); i++) {
            target.append(ascii(i == 0 ? "{\"chitchat_id\":" : ",{\"chitchat_id\":"));
            target.append(nodes.get(i).fullId());
            long heartbeat = source.heartbeats().of(source.picture().members().get(i));
            target.append(ascii(",\"heartbeat\":" + Long.toUnsignedString(heartbeat) + ",\"key_values\":"));
            target.append(nodes.get(i).rest());
        }
        target.append(ascii("],\"seed_addrs\":"));
        JsonText.write(target, json -> {
            json.writeStartArray();
            for (GossipAddress seed : source.heartbeats().seedAddresses()) {
                json.writeString(seed.toString());
            }
            json.writeEndArray();
        });
        target.append(ascii("}"));
        return target.finish();
    }

    private static Chunks body(ClusterPicture picture, Chunks state, List<Fragment> nodes, boolean fullIds) {
        ChunkedBytes target = new ChunkedBytes();
        target.append(state);
        target.append(ascii(",\"live_nodes\":["));
        appendIds(target, picture, nodes, true, fullIds);
        target.append(ascii("],\"dead_nodes\":["));
        appendIds(target, picture, nodes, false, fullIds);
        target.append(ascii("]}"));
        return target.finish();
    }

    private static void appendIds(
            ChunkedBytes target, ClusterPicture picture, List<Fragment> nodes, boolean live, boolean fullIds) {
        boolean first = true;
        for (int i = 0; i < nodes.size(); i++) {
            if (picture.members().get(i).isLive() == live) {
                if (!first) {
                    target.write(',');
                }
                first = false;
                target.append(fullIds ? nodes.get(i).fullId() : nodes.get(i).shortId());
            }
        }
    }

    private static Fragment fragment(MemberPicture member) {
        ChunkedBytes rest = new ChunkedBytes();
        JsonText.write(rest, json -> keyValues(json, member.entries()));
        rest.append(ascii(",\"max_version\":" + Long.toUnsignedString(member.maxVersion()) + ",\"last_gc_version\":"
                + Long.toUnsignedString(member.lastGcVersion()) + "}"));
        return new Fragment(
                JsonText.bytes(json -> JsonText.identity(json, member.identity())),
                JsonText.bytes(json -> json.writeString(member.identity().nodeId())),
                rest.finish());
    }

    private static void keyValues(JsonGenerator json, List<KeyMutation> entries) throws IOException {
        json.writeStartObject();
        for (KeyMutation entry : entries) {
            json.writeFieldName(JsonText.wellFormed(entry.key()));
            json.writeStartObject();
            JsonText.text(json, "value", entry.value());
            JsonText.unsigned(json, "version", entry.version());
            json.writeStringField("status", StatusName.of(entry.status()));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What is kept of one member: its id in both forms, and all that follows the name {@code key_values}. */
    private record Fragment(byte[] fullId, byte[] shortId, Chunks rest) {}
}
