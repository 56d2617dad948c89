/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Turns<String> turns = new Turns<>(later::add, this::step);

    private boolean step(String name) {
        if (name.startsWith("broken")) {
            throw new IllegalStateException(name);
        }
        done.add(name);
        return false;
    }

    private void runAll() {
        for (int i = 0; i < 100 && !later.isEmpty(); i++) {
            later.remove().run();
        }
    }

    @Test
    void whoFailsIsLeftOutAndTheOthersGoOn() {
        turns.take(List.of("broken 1", "a", "broken 2", "b"));
        runAll();
        assertThat(done).containsExactly("a", "b");

        turns.take(List.of("broken 1", "c"));
        runAll();
        assertThat(done).containsExactly("a", "b", "c");
    }
}
