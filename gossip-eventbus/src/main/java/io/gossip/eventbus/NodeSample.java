/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import io.gossip.core.engine.ClusterAccess;
import io.gossip.core.engine.EngineStats;
import io.gossip.core.engine.MemberVitals;
import io.gossip.core.event.MemberState;
import java.util.List;

/**
 * What the meters of a node show, as it was at one moment.
 *
 * @param stats counters and gauges of the engine
 * @param publications number of publications so far
 * @param phis phi of the live members of which it is known, ascending
 * @param ready whether the node is ready
 */
record NodeSample(EngineStats stats, long publications, List<Double> phis, boolean ready) {
    NodeSample {
        phis = List.copyOf(phis);
    }

    static NodeSample of(ClusterAccess access, long publications, boolean ready) {
        List<Double> phis = access.vitals().stream()
                .filter(member ->
                        member.state() == MemberState.LIVE && member.phi().isPresent())
                .map(NodeSample::phi)
                .sorted()
                .toList();
        return new NodeSample(access.stats(), publications, phis, ready);
    }

    /** The phi that this share of the live members does not exceed (nearest rank); not a number if there are none. */
    double phi(double quantile) {
        if (phis.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(quantile * phis.size());
        return phis.get(Math.max(1, rank) - 1);
    }

    private static Double phi(MemberVitals member) {
        return member.phi().orElseThrow();
    }
}
