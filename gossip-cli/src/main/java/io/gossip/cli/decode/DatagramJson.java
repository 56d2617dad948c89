/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.decode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.DatagramDissector;
import io.gossip.core.wire.Dissection;
import io.gossip.core.wire.Malformed;
import io.gossip.core.wire.MessageType;
import io.gossip.eventbus.StatusName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A dissected datagram as a JSON object: members and their order as in {@code decoded} of the golden vectors, 64-bit
 * numbers as decimal strings.
 *
 * <p><b>Threads:</b> stateless.
 */
public final class DatagramJson {
    /** Longest content that is printed in full, bytes; the vectors do the same. */
    private static final int MAX_CONTENT_HEX_BYTES = 1024;

    private static final int MAX_STREAM_BYTES = 16 * 1024 * 1024;
    private static final int MAGIC = 0xb053;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final HexFormat HEX = HexFormat.of();

    private DatagramJson() {}

    /** What became of a datagram. */
    public sealed interface Result {}

    /**
     * The datagram is well-formed.
     *
     * @param json what it holds
     */
    public record Described(ObjectNode json) implements Result {}

    /**
     * The datagram is not well-formed.
     *
     * @param reason code, offset and reason
     */
    public record Refused(Malformed reason) implements Result {}

    /**
     * Dissects and describes one datagram, with the default content limit of 16 MiB.
     *
     * @param datagram any bytes
     * @return its description, or why there is none
     */
    public static Result describe(byte[] datagram) {
        Dissection dissection = new DatagramDissector(MAX_STREAM_BYTES).dissect(datagram);
        return dissection instanceof Malformed malformed ? new Refused(malformed) : new Described(toJson(dissection));
    }

    /**
     * The JSON form.
     *
     * @param dissection what was found
     * @return the description of a well-formed datagram, or {@code {"error":{"code","offset","message"}}}
     */
    public static ObjectNode toJson(Dissection dissection) {
        if (dissection instanceof Dissection.Anatomy anatomy) return anatomy(anatomy);
        if (dissection instanceof Malformed malformed) return error(malformed);
        throw new AssertionError("unhandled dissection: " + dissection);
    }

    private static ObjectNode error(Malformed malformed) {
        ObjectNode json = JSON.objectNode();
        json.putObject("error")
                .put("code", malformed.error().name())
                .put("offset", malformed.offset())
                .put("message", malformed.reason());
        return json;
    }

    private static ObjectNode anatomy(Dissection.Anatomy anatomy) {
        ObjectNode json = JSON.objectNode();
        json.put("magic", MAGIC);
        json.put("version", anatomy.version().code());
        json.put("typeCode", anatomy.type().code());
        json.put("type", name(anatomy.type()));
        if (anatomy.digest() != null) {
            json.set("digest", digest(anatomy.digest()));
        }
        if (anatomy.clusterId() != null) {
            json.put("clusterId", anatomy.clusterId());
        }
        if (anatomy.delta() != null) {
            json.set("delta", delta(anatomy.delta()));
        }
        return json;
    }

    private static ObjectNode digest(Dissection.DigestPart digest) {
        ObjectNode json = JSON.objectNode();
        if (digest.stream() == null) {
            json.put("encoding", "plain").put("count", digest.entries().size());
        } else {
            json.put("encoding", "blocks").set("stream", stream(digest.stream()));
        }
        ArrayNode entries = json.putArray("entries");
        for (int i = 0; i < digest.entries().size(); i++) {
            entries.add(entry(digest.entries().entry(i)));
        }
        return json.put("distinctNodes", digest.distinctNodes());
    }

    private static ObjectNode entry(NodeDigest entry) {
        return identity(JSON.objectNode(), entry.identity())
                .put("heartbeat", Long.toUnsignedString(entry.heartbeat()))
                .put("lastGcVersion", Long.toUnsignedString(entry.lastGcVersion()))
                .put("maxVersion", Long.toUnsignedString(entry.maxVersion()));
    }

    private static ObjectNode identity(ObjectNode json, NodeIdentity identity) {
        GossipAddress address = identity.gossipAddress();
        json.put("nodeId", identity.nodeId());
        json.put("generation", Long.toUnsignedString(identity.generation()));
        json.putObject("address")
                .put("family", address.isIpv6() ? 6 : 4)
                .put("ip", address.host())
                .put("ipHex", HEX.formatHex(address.ip()))
                .put("port", address.port());
        return json;
    }

    private static ObjectNode delta(Dissection.DeltaPart delta) {
        ObjectNode json = JSON.objectNode();
        json.set("stream", stream(delta.stream()));
        ArrayNode ops = json.putArray("ops");
        delta.ops().forEach(op -> ops.add(op(op)));
        ArrayNode nodeDeltas = json.putArray("nodeDeltas");
        delta.nodeDeltas().forEach(nodeDelta -> nodeDeltas.add(summary(nodeDelta)));
        return json;
    }

    private static ObjectNode op(Dissection.Op op) {
        if (op instanceof Dissection.Op.Node node) {
            return identity(JSON.objectNode().put("op", "Node"), node.identity())
                    .put("lastGcVersion", Long.toUnsignedString(node.lastGcVersion()))
                    .put("fromVersionExcluded", Long.toUnsignedString(node.fromVersionExcluded()));
        }
        if (op instanceof Dissection.Op.KeyValue keyValue) {
            KeyMutation mutation = keyValue.mutation();
            return JSON.objectNode()
                    .put("op", "KeyValue")
                    .put("key", mutation.key())
                    .put("value", mutation.value())
                    .put("version", Long.toUnsignedString(mutation.version()))
                    .put("status", StatusName.of(mutation.status()));
        }
        if (op instanceof Dissection.Op.SetMaxVersion max) {
            return JSON.objectNode()
                    .put("op", "SetMaxVersion")
                    .put("maxVersion", Long.toUnsignedString(max.maxVersion()));
        }
        throw new AssertionError("unhandled op: " + op);
    }

    private static ObjectNode summary(NodeDelta delta) {
        return JSON.objectNode()
                .put("nodeId", delta.identity().nodeId())
                .put("generation", Long.toUnsignedString(delta.identity().generation()))
                .put("keyValues", delta.mutations().size())
                .put("maxVersion", Long.toUnsignedString(delta.maxVersion()));
    }

    private static ObjectNode stream(Dissection.Stream stream) {
        ObjectNode json = JSON.objectNode();
        ArrayNode blocks = json.putArray("blocks");
        for (Dissection.Block block : stream.blocks()) {
            blocks.addObject()
                    .put("offset", block.offset())
                    .put("type", block.compressed() ? "zstd" : "raw")
                    .put("wireLength", block.wireLength())
                    .put("contentLength", block.content().length)
                    .put("contentSha256", sha256(block.content()));
        }
        json.put("contentLength", stream.content().length);
        json.put("contentSha256", sha256(stream.content()));
        if (stream.content().length <= MAX_CONTENT_HEX_BYTES) {
            json.put("contentHex", HEX.formatHex(stream.content()));
        }
        return json;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String name(MessageType type) {
        return switch (type) {
            case SYN -> "Syn";
            case SYN_ACK -> "SynAck";
            case ACK -> "Ack";
            case BAD_CLUSTER -> "BadCluster";
        };
    }
}
