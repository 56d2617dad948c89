/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** What is left of a scenario that breaks a law. */
class ShrinkerTest {
    @Test
    void whatDoesNotMatterIsTakenAway() {
        Scenario large = Scenario.parse("""
                scenario large
                members 9
                keys 5 of 100
                interval 100ms
                detector 8 500ms
                network latency 1ms..30ms
                at 2s write 1 color red
                at 3s writes 5/s for 10s keys 3
                at 5s pause 2 for 10s
                at 6s delete 4 key1
                at 7s restart 5 new
                expect no-false-deaths
                """);
        assertThat(Simulation.run(large).violations().get(0).law()).isEqualTo(LawBook.NO_FALSE_DEATHS);

        Scenario smallest = new Shrinker(LawBook.NO_FALSE_DEATHS).shrink(large);

        assertThat(smallest.steps()).hasSize(1);
        assertThat(smallest.members()).isEqualTo(2);
        assertThat(smallest.initialKeys()).isZero();
        assertThat(Simulation.run(smallest).passed()).isFalse();
    }
}
