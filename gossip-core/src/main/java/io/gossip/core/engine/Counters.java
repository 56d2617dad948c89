/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.engine.EngineStats.DatagramType;
import io.gossip.core.engine.EngineStats.Traffic;
import io.gossip.core.wire.DecodeError;
import java.util.EnumMap;
import java.util.Map;

/** The engine's running totals. Plain fields, because everything that counts is in this package and on one thread. */
final class Counters {
    private static final DatagramType[] TYPES = DatagramType.values();

    private final long[] receivedDatagrams = new long[TYPES.length];
    private final long[] receivedBytes = new long[TYPES.length];
    private final long[] sentDatagrams = new long[TYPES.length];
    private final long[] sentBytes = new long[TYPES.length];
    private final Map<DecodeError, Long> refused = new EnumMap<>(DecodeError.class);

    long rounds;
    long badClusters;
    long membersCapped;
    long deltaEntriesSent;
    long deltaEntriesApplied;
    long nodeDeltasRejected;
    long nodeDeltasIgnored;
    long resets;
    int digestBytes;
    long digestsPartial;
    long repliesLimited;
    long heartbeatJumps;
    long implausibleClaims;
    long renumberings;
    long harmfulKeysHeld;
    boolean answered;

    void received(DatagramType type, int bytes) {
        receivedDatagrams[type.ordinal()]++;
        receivedBytes[type.ordinal()] += bytes;
    }

    void sent(DatagramType type, int bytes) {
        sentDatagrams[type.ordinal()]++;
        sentBytes[type.ordinal()] += bytes;
    }

    void refused(DecodeError error) {
        refused.merge(error, 1L, Long::sum);
    }

    EngineStats snapshot(EngineStats.Members members, int hearsay, long keys, long stateBytes, boolean superseded) {
        return new EngineStats(
                rounds,
                traffic(receivedDatagrams, receivedBytes),
                traffic(sentDatagrams, sentBytes),
                refused,
                badClusters,
                members,
                hearsay,
                membersCapped,
                deltaEntriesSent,
                deltaEntriesApplied,
                nodeDeltasRejected,
                nodeDeltasIgnored,
                resets,
                digestBytes,
                digestsPartial,
                keys,
                stateBytes,
                repliesLimited,
                heartbeatJumps,
                implausibleClaims,
                renumberings,
                harmfulKeysHeld,
                superseded,
                answered);
    }

    private static Map<DatagramType, Traffic> traffic(long[] datagrams, long[] bytes) {
        Map<DatagramType, Traffic> traffic = new EnumMap<>(DatagramType.class);
        for (DatagramType type : TYPES) {
            if (datagrams[type.ordinal()] > 0) {
                traffic.put(type, new Traffic(datagrams[type.ordinal()], bytes[type.ordinal()]));
            }
        }
        return traffic;
    }
}
