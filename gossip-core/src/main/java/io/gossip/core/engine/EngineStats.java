/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.wire.DecodeError;
import java.util.Map;

/**
 * Counters (since start) and gauges (now) of one engine.
 *
 * @param rounds gossip rounds begun
 * @param received datagrams and bytes received, by type; types that never occurred are absent
 * @param sent datagrams and bytes handed out for sending, by type
 * @param refused datagrams refused, by error code
 * @param badClusters SYNs of another cluster, and BadCluster answers
 * @param members listed members by state, this node included
 * @param hearsay identities heard of and not admitted
 * @param membersCapped identities not admitted because there was no room: the cap on members, or the rate at which
 *     strangers may replace strangers
 * @param revivals times a member became live again that had been live before and was found dead, or had said goodbye
 * @param deltaEntriesSent key-values sent
 * @param deltaEntriesApplied key-values stored from deltas
 * @param deltaEntriesRejected key-values in the rejected node deltas
 * @param nodeDeltasRejected node deltas judged not applicable
 * @param nodeDeltasIgnored node deltas ignored: about ourselves, about a member not admitted, beyond the room of a
 *     newcomer, or from a source that may not speak for it
 * @param stateCapped node deltas not taken over because the cap on state was reached
 * @param resets node states dropped before a delta was applied
 * @param digestBytes encoded length of our digest when it was last sent, bytes
 * @param digestsPartial messages sent with a part of the digest
 * @param keys visible keys of all listed members
 * @param stateBytes UTF-8 bytes of all keys and values held, tombstones included
 * @param repliesLimited answers that the reply limit really cut, or withheld
 * @param heartbeatJumps heartbeats that rose implausibly far and were not believed at once
 * @param implausibleClaims claims about our own state beyond belief
 * @param oversizedNodeIds times an identity was refused because its node id is longer than 1,024 bytes
 * @param renumberings times our own versions moved past what peers held of us
 * @param harmfulKeysHeld key-values not passed on because they would stop Rust peers
 * @param noticesWithheld notices not handed out because there were too many of their kind
 * @param superseded whether a live member has our node id with a greater generation
 * @param answered whether any peer has answered us or opened a handshake with us since the start
 */
public record EngineStats(
        long rounds,
        Map<DatagramType, Traffic> received,
        Map<DatagramType, Traffic> sent,
        Map<DecodeError, Long> refused,
        long badClusters,
        Members members,
        int hearsay,
        long membersCapped,
        long revivals,
        long deltaEntriesSent,
        long deltaEntriesApplied,
        long deltaEntriesRejected,
        long nodeDeltasRejected,
        long nodeDeltasIgnored,
        long stateCapped,
        long resets,
        int digestBytes,
        long digestsPartial,
        long keys,
        long stateBytes,
        long repliesLimited,
        long heartbeatJumps,
        long implausibleClaims,
        long oversizedNodeIds,
        long renumberings,
        long harmfulKeysHeld,
        long noticesWithheld,
        boolean superseded,
        boolean answered) {
    /**
     * Copies the maps.
     *
     * @param rounds gossip rounds begun
     * @param received datagrams and bytes received, by type
     * @param sent datagrams and bytes handed out for sending, by type
     * @param refused datagrams refused, by error code
     * @param badClusters SYNs of another cluster, and BadCluster answers
     * @param members listed members by state, this node included
     * @param hearsay identities heard of and not admitted
     * @param membersCapped identities not admitted because there was no room: the cap on members, or the rate at which
     *     strangers may replace strangers
     * @param revivals times a member became live again that had been live before and was found dead, or had said goodbye
     * @param deltaEntriesSent key-values sent
     * @param deltaEntriesApplied key-values stored from deltas
     * @param deltaEntriesRejected key-values in the rejected node deltas
     * @param nodeDeltasRejected node deltas judged not applicable
     * @param nodeDeltasIgnored node deltas ignored: about ourselves, about a member not admitted
     * @param stateCapped node deltas not taken over because the cap on state was reached
     * @param resets node states dropped before a delta was applied
     * @param digestBytes encoded length of our digest when it was last sent, bytes
     * @param digestsPartial messages sent with a part of the digest
     * @param keys visible keys of all listed members
     * @param stateBytes UTF-8 bytes of all keys and values held, tombstones included
     * @param repliesLimited answers that the reply limit really cut, or withheld
     * @param heartbeatJumps heartbeats that rose implausibly far and were not believed at once
     * @param implausibleClaims claims about our own state beyond belief
     * @param oversizedNodeIds times an identity was refused because its node id is longer than 1,024 bytes
     * @param renumberings times our own versions moved past what peers held of us
     * @param harmfulKeysHeld key-values not passed on because they would stop Rust peers
     * @param noticesWithheld notices not handed out because there were too many of their kind
     * @param superseded whether a live member has our node id with a greater generation
     * @param answered whether any peer has answered us or opened a handshake with us since the start
     */
    public EngineStats {
        received = Map.copyOf(received);
        sent = Map.copyOf(sent);
        refused = Map.copyOf(refused);
    }

    /** The types of datagrams as counters know them. */
    public enum DatagramType {
        /** Opens a handshake. */
        SYN,
        /** Answers a SYN. */
        SYN_ACK,
        /** Ends a handshake. */
        ACK,
        /** Refuses a SYN of another cluster. */
        BAD_CLUSTER
    }

    /**
     * What went one way.
     *
     * @param datagrams how many
     * @param bytes their total length
     */
    public record Traffic(long datagrams, long bytes) {}

    /**
     * Listed members by state.
     *
     * @param live including this node
     * @param dead silent or retired
     * @param left said goodbye
     */
    public record Members(int live, int dead, int left) {}
}
