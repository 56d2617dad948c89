/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.messaging.frame.PeerId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageStatisticsTest {
    @Test
    void areOnlyWorthALineWhenMoreIsMissingThanThereAreNodes() {
        Map<PeerId, Integer> unconfirmed = Map.of(new PeerId("b", 1, 1), 2, new PeerId("c", 1, 1), 1);
        MessageStatistics statistics = new MessageStatistics(4, 3, 10, 5, 5, 7, 0, 0, 0, 0, unconfirmed, 0);

        assertThat(statistics.lineIfMoreThan(3)).isEmpty();
        assertThat(statistics.lineIfMoreThan(2))
                .contains("LiveNodes: 3 of 4, Unconfirmed: 3, Data sent: 10, Data received: 5, Ack sent: 5,"
                        + " Ack received: 7");
    }
}
