/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

/** Brings the engine's counters and gauges together. Costs one pass over the members, so it is made on demand. */
final class EngineReport {
    private final Members members;
    private final Admission admission;
    private final LivenessSweep liveness;
    private final Counters counters;

    EngineReport(Members members, Admission admission, LivenessSweep liveness, Counters counters) {
        this.members = members;
        this.admission = admission;
        this.liveness = liveness;
        this.counters = counters;
    }

    EngineStats stats() {
        int live = 1;
        int dead = 0;
        int left = 0;
        long keys = members.self.visibleKeys();
        for (Member member : members.inOrder()) {
            if (member.unlisted) {
                continue;
            }
            keys += member.node.visibleKeys();
            switch (member.state) {
                case LIVE -> live++;
                case DEAD -> dead++;
                case LEFT -> left++;
            }
        }
        return counters.snapshot(
                new EngineStats.Members(live, dead, left),
                members.revivals(),
                admission.hearsaySize(),
                keys,
                members.cluster.stateBytes(),
                liveness.isSuperseded());
    }
}
