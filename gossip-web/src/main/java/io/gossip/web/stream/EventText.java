/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.KeyChange;
import io.gossip.eventbus.ClusterPublication;
import io.gossip.eventbus.KeysPublication;
import io.gossip.eventbus.MembersPublication;
import io.gossip.eventbus.StatusName;
import io.gossip.web.document.ChunkedBytes;
import io.gossip.web.document.Chunks;
import io.gossip.web.document.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events in the form of Server-Sent Events; the data is one line of JSON, which has no line ends of its own. */
final class EventText {
    private EventText() {}

    /** The event of a publication, with the body of contracts §3. */
    static Chunks of(long generation, ClusterPublication publication) {
        if (publication instanceof MembersPublication members) {
            return event("members", id(generation, members.sequence()), json -> members(json, members));
        }
        if (publication instanceof KeysPublication keys) {
            return event("keys", id(generation, keys.sequence()), json -> keys(json, keys));
        }
        throw new AssertionError("unhandled publication: " + publication);
    }

    /** Tells that events may be missing. */
    static Chunks reset(long generation, long sequence, String reason) {
        return event("reset", id(generation, sequence), json -> {
            json.writeStartObject();
            JsonText.unsigned(json, "sequence", sequence);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    /** The last event of a stream. It has no id, so the reader may come back with that of the event before. */
    static Chunks end(String reason) {
        return event("end", "", json -> {
            json.writeStartObject();
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    /** What a stream begins with: no event, but from now on the reader knows where it is. */
    static String opening(long generation, long sequence) {
        return "retry: 1000\n" + id(generation, sequence) + "\n";
    }

    private static String id(long generation, long sequence) {
        return "id: " + Long.toUnsignedString(generation) + "-" + Long.toUnsignedString(sequence) + "\n";
    }

    private static Chunks event(String name, String id, JsonText.Writing data) {
        ChunkedBytes target = new ChunkedBytes();
        target.append(("event: " + name + "\n" + id + "data: ").getBytes(StandardCharsets.US_ASCII));
        JsonText.write(target, data);
        target.append("\n\n".getBytes(StandardCharsets.US_ASCII));
        return target.finish();
    }

    private static void members(JsonGenerator json, MembersPublication publication) throws IOException {
        json.writeStartObject();
        JsonText.unsigned(json, "sequence", publication.sequence());
        JsonText.text(json, "cluster_id", publication.clusterId());
        identities(json, "joined", publication.joined());
        identities(json, "alive", publication.alive());
        identities(json, "dead", publication.dead());
        identities(json, "left", publication.left());
        identities(json, "removed", publication.removed());
        identities(json, "live_nodes", publication.liveNodes());
        json.writeEndObject();
    }

    private static void keys(JsonGenerator json, KeysPublication publication) throws IOException {
        json.writeStartObject();
        JsonText.unsigned(json, "sequence", publication.sequence());
        JsonText.text(json, "cluster_id", publication.clusterId());
        json.writeFieldName("node");
        JsonText.identity(json, publication.node());
        json.writeBooleanField("reset", publication.reset());
        JsonText.unsigned(json, "max_version", publication.maxVersion());
        JsonText.unsigned(json, "last_gc_version", publication.lastGcVersion());
        json.writeArrayFieldStart("changes");
        for (KeyChange change : publication.changes()) {
            JsonText.entry(json, change.key(), change.value(), change.version(), StatusName.of(change.kind()));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void identities(JsonGenerator json, String field, List<NodeIdentity> identities) throws IOException {
        json.writeArrayFieldStart(field);
        for (NodeIdentity identity : identities) {
            JsonText.identity(json, identity);
        }
        json.writeEndArray();
    }
}
