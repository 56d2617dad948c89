/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A recorded datagram and what it means; the schema is in {@code vectors/README.md}. */
record GoldenVector(String name, byte[] datagram, JsonNode json) {
    static List<GoldenVector> valid() {
        return all("/vectors/valid");
    }

    static List<GoldenVector> malformed() {
        return all("/vectors/malformed");
    }

    boolean isCanonical() {
        return json.get("canonical").booleanValue();
    }

    /** The message that {@code decoded} describes. */
    Envelope expected() {
        JsonNode decoded = json.get("decoded");
        ProtocolVersion version = decoded.get("version").intValue() == 0 ? ProtocolVersion.V0 : ProtocolVersion.V1;
        Message message = switch (decoded.get("type").textValue()) {
            case "Syn" ->
                new Message.Syn(digest(decoded), decoded.get("clusterId").textValue());
            case "SynAck" -> new Message.SynAck(digest(decoded), delta(decoded));
            case "Ack" -> new Message.Ack(delta(decoded));
            case "BadCluster" -> new Message.BadCluster();
            default -> throw new IllegalArgumentException(decoded.get("type").textValue());
        };
        return new Envelope(version, message);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Digest digest(JsonNode decoded) {
        List<NodeDigest> entries = new ArrayList<>();
        for (JsonNode entry : decoded.get("digest").get("entries")) {
            entries.add(new NodeDigest(
                    identity(entry), u64(entry, "heartbeat"), u64(entry, "lastGcVersion"), u64(entry, "maxVersion")));
        }
        return Digest.of(entries);
    }

    private static Delta delta(JsonNode decoded) {
        List<NodeDelta> nodeDeltas = new ArrayList<>();
        List<KeyMutation> mutations = new ArrayList<>();
        JsonNode ops = decoded.get("delta").get("ops");
        JsonNode summaries = decoded.get("delta").get("nodeDeltas");
        for (int i = 0; i < ops.size(); i++) {
            if (ops.get(i).get("op").textValue().equals("Node")) {
                mutations.clear();
                for (int k = i + 1;
                        k < ops.size() && !ops.get(k).get("op").textValue().equals("Node");
                        k++) {
                    if (ops.get(k).get("op").textValue().equals("KeyValue")) mutations.add(mutation(ops.get(k)));
                }
                nodeDeltas.add(new NodeDelta(
                        identity(ops.get(i)),
                        u64(ops.get(i), "lastGcVersion"),
                        u64(ops.get(i), "fromVersionExcluded"),
                        mutations,
                        u64(summaries.get(nodeDeltas.size()), "maxVersion")));
            }
        }
        return new Delta(nodeDeltas);
    }

    private static KeyMutation mutation(JsonNode op) {
        EntryStatus status = switch (op.get("status").textValue()) {
            case "Set" -> EntryStatus.SET;
            case "Delete" -> EntryStatus.TOMBSTONE;
            case "DeleteAfterTtl" -> EntryStatus.DELETE_AFTER_TTL;
            default -> throw new IllegalArgumentException(op.get("status").textValue());
        };
        return new KeyMutation(op.get("key").textValue(), op.get("value").textValue(), u64(op, "version"), status);
    }

    private static NodeIdentity identity(JsonNode node) {
        JsonNode address = node.get("address");
        return new NodeIdentity(
                node.get("nodeId").textValue(),
                u64(node, "generation"),
                GossipAddress.of(
                        HexFormat.of().parseHex(address.get("ipHex").textValue()),
                        address.get("port").intValue()));
    }

    private static long u64(JsonNode node, String field) {
        return Long.parseUnsignedLong(node.get(field).textValue());
    }

    private static List<GoldenVector> all(String folder) {
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(GoldenVector.class.getResource(folder)).toURI()))) {
            return files.sorted().map(GoldenVector::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static GoldenVector read(Path file) {
        try {
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            return new GoldenVector(
                    json.get("name").textValue(),
                    HexFormat.of().parseHex(json.get("hex").textValue()),
                    json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
