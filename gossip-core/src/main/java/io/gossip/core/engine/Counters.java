/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.engine.EngineStats.DatagramType;
import io.gossip.core.engine.EngineStats.Traffic;
import io.gossip.core.wire.DecodeError;
import java.util.EnumMap;
import java.util.Map;

/** The engine's running totals. Plain fields, because everything that counts is in this package and on one thread. */
final class Counters {
    private static final class Tally {
        long datagrams;
        long bytes;
    }

    private final Map<DatagramType, Tally> received = new EnumMap<>(DatagramType.class);
    private final Map<DatagramType, Tally> sent = new EnumMap<>(DatagramType.class);
    private final Map<DecodeError, Long> refused = new EnumMap<>(DecodeError.class);

    long rounds;
    long badClusters;
    long membersCapped;
    long deltaEntriesSent;
    long deltaEntriesApplied;
    long deltaEntriesRejected;
    long nodeDeltasRejected;
    long nodeDeltasIgnored;
    long stateCapped;
    long resets;
    int digestBytes;
    long digestsPartial;
    long repliesLimited;
    long heartbeatJumps;
    long implausibleClaims;
    long oversizedNodeIds;
    long renumberings;
    long harmfulKeysHeld;
    long noticesWithheld;
    boolean answered;

    void received(DatagramType type, int bytes) {
        count(received, type, bytes);
    }

    void sent(DatagramType type, int bytes) {
        count(sent, type, bytes);
    }

    private static void count(Map<DatagramType, Tally> tallies, DatagramType type, int bytes) {
        Tally tally = tallies.computeIfAbsent(type, t -> new Tally());
        tally.datagrams++;
        tally.bytes += bytes;
    }

    void refused(DecodeError error) {
        refused.merge(error, 1L, Long::sum);
    }

    EngineStats snapshot(
            EngineStats.Members members, long revivals, int hearsay, long keys, long stateBytes, boolean superseded) {
        return new EngineStats(
                rounds,
                traffic(received),
                traffic(sent),
                refused,
                badClusters,
                members,
                hearsay,
                membersCapped,
                revivals,
                deltaEntriesSent,
                deltaEntriesApplied,
                deltaEntriesRejected,
                nodeDeltasRejected,
                nodeDeltasIgnored,
                stateCapped,
                resets,
                digestBytes,
                digestsPartial,
                keys,
                stateBytes,
                repliesLimited,
                heartbeatJumps,
                implausibleClaims,
                oversizedNodeIds,
                renumberings,
                harmfulKeysHeld,
                noticesWithheld,
                superseded,
                answered);
    }

    private static Map<DatagramType, Traffic> traffic(Map<DatagramType, Tally> tallies) {
        Map<DatagramType, Traffic> traffic = new EnumMap<>(DatagramType.class);
        tallies.forEach((type, tally) -> traffic.put(type, new Traffic(tally.datagrams, tally.bytes)));
        return traffic;
    }
}
