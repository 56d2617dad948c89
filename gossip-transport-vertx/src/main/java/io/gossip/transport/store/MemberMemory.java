/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport.store;

import io.gossip.core.identity.GossipAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node remembers of its earlier runs.
 *
 * @param owner whose memory it is; empty if there was no run before
 * @param highestGeneration the greatest generation ever used; empty if there was no run before
 * @param keys its own visible keys, the one written last at the end
 * @param configured the initial keys as they were configured last
 * @param peers members that it knew, the one seen last first
 */
public record MemberMemory(
        Optional<Owner> owner,
        Optional<Generation> highestGeneration,
        List<Key> keys,
        Map<String, String> configured,
        List<Peer> peers) {
    /** The memory before the first run. */
    public static final MemberMemory NOTHING =
            new MemberMemory(Optional.empty(), Optional.empty(), List.of(), Map.of(), List.of());

    /**
     * Copies the collections.
     *
     * @param owner whose memory it is
     * @param highestGeneration the greatest generation ever used
     * @param keys its own visible keys, the one written last at the end
     * @param configured the initial keys as they were configured last
     * @param peers members that it knew, the one seen last first
     */
    public MemberMemory {
        keys = List.copyOf(keys);
        configured = Collections.unmodifiableMap(new LinkedHashMap<>(configured));
        peers = List.copyOf(peers);
    }

    /**
     * Whose memory it is.
     *
     * @param clusterId the cluster
     * @param nodeId the node
     */
    public record Owner(String clusterId, String nodeId) {}

    /**
     * A generation.
     *
     * @param value unsigned
     */
    public record Generation(long value) {}

    /**
     * One of the node's own keys.
     *
     * @param key the key
     * @param value the value
     * @param collectedSince since when it has been waiting to be collected; empty for a plain value
     */
    public record Key(String key, String value, Optional<Instant> collectedSince) {}

    /**
     * Another member.
     *
     * @param nodeId its name
     * @param address where it gossips
     * @param lastSeen when it was live
     */
    public record Peer(String nodeId, GossipAddress address, Instant lastSeen) {}
}
