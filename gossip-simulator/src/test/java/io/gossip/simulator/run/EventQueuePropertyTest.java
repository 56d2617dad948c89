/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The event queue against a sorted list. */
class EventQueuePropertyTest {
    private record Planned(long at, int order) {}

    @ParameterizedTest(name = "random seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eventsComeInOrderOfTimeAndThenOfPlanning(long randomSeed) {
        Random random = new Random(randomSeed);
        EventQueue queue = new EventQueue();
        List<Planned> expected = new ArrayList<>();
        List<Planned> taken = new ArrayList<>();
        long now = 0;
        int order = 0;
        for (int step = 0; step < 20_000; step++) {
            if (queue.size() == 0 || random.nextInt(5) < 3) {
                Planned planned = new Planned(now + random.nextInt(50), order++);
                queue.add(planned.at(), planned.order(), planned);
                expected.add(planned);
            } else {
                queue.take();
                now = queue.timeNanos();
                Planned planned = (Planned) Objects.requireNonNull(queue.payload());
                assertThat(queue.code()).isEqualTo(planned.order());
                taken.add(planned);
            }
        }
        while (queue.size() > 0) {
            queue.take();
            taken.add((Planned) Objects.requireNonNull(queue.payload()));
        }
        expected.sort(Comparator.comparingLong(Planned::at).thenComparingInt(Planned::order));
        assertThat(taken).isEqualTo(expected);
        assertThat(queue.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }
}
