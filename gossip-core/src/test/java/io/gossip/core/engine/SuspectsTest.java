/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.detection.PhiAccrualDetector;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuspectsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final GossipConfig config =
            GossipConfig.builder(identity("self"), "c").build();
    private final double threshold = config.detector().phiThreshold();
    private final PhiAccrualDetector detector = new PhiAccrualDetector(config.detector());
    private final Suspects suspects = new Suspects(config, detector);
    private final ClusterState cluster = new ClusterState();
    private final List<Member> members =
            IntStream.range(0, 6).mapToObj(i -> member("m" + i)).toList();

    private static NodeIdentity identity(String nodeId) {
        return new NodeIdentity(nodeId, 1, GossipAddress.parse("127.0.0.1:7000"));
    }

    private Member member(String nodeId) {
        Member member = new Member(cluster.create(identity(nodeId)), Member.Origin.PROVEN, 0);
        detector.begin(member.slot());
        for (int second = 0; second < 5; second++) {
            detector.signOfLife(member.slot(), second * SECOND);
        }
        return member;
    }

    /** Goes through all of them once; the later in the list, the more suspicious. */
    private List<String> askedInOneRound() {
        suspects.clear();
        for (int i = 0; i < members.size(); i++) {
            suspects.consider(members.get(i), threshold * (0.95 + i * 0.001));
        }
        return suspects.toAsk().stream()
                .map(member -> member.identity().nodeId())
                .toList();
    }

    @Test
    void asksTheMostSuspiciousFirst() {
        assertThat(askedInOneRound()).containsExactlyInAnyOrder("m5", "m4");
    }

    @Test
    void asksEveryoneOnceBeforeAnyoneTwice() {
        List<String> asked = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            asked.addAll(askedInOneRound());
        }

        assertThat(asked).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m5");
        assertThat(askedInOneRound()).containsExactlyInAnyOrder("m5", "m4");
    }
}
