/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final long HALF_MILLISECOND = 500_000;

    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - HALF_MILLISECOND;
    private boolean broken;
    private final Turns turns = new Turns(later::add, this::nanoTime);

    private long nanoTime() {
        if (broken && !done.isEmpty()) {
            throw new StackOverflowError("no time");
        }
        return nanos;
    }

    private Turns.Step step(String name) {
        return () -> {
            nanos += HALF_MILLISECOND;
            if (name.startsWith("broken")) {
                throw new IllegalStateException(name);
            }
            if (name.startsWith("class missing")) {
                throw new NoClassDefFoundError(name);
            }
            done.add(name);
            return false;
        };
    }

    private List<Turns.Step> steps(int count) {
        return IntStream.range(0, count).mapToObj(i -> step("step " + i)).toList();
    }

    private void timer() {
        later.remove().run();
    }

    @Test
    void doesALittleAtATime() {
        turns.take(steps(7));
        assertThat(done).hasSize(3);
        assertThat(turns.areFree()).isFalse();
        timer();
        assertThat(done).hasSize(6);
        timer();
        assertThat(done).containsExactly("step 0", "step 1", "step 2", "step 3", "step 4", "step 5", "step 6");
    }

    @Test
    void allShareOneAllowanceUntilTheTimerGetsItsTurn() {
        for (Turns.Step step : steps(4)) {
            turns.take(step);
        }
        assertThat(done).containsExactly("step 0", "step 1", "step 2");
        assertThat(later).hasSize(1);
        timer();
        assertThat(done).hasSize(4);
        timer();
        assertThat(turns.areFree()).isTrue();
        assertThat(later).as("who does nothing needs no timer").isEmpty();
    }

    @Test
    void whoHasMoreToDoWaitsBehindTheOthersAndIsThereOnce() {
        Turns.Step twice = new Turns.Step() {
            private int times;

            @Override
            public boolean step() {
                done.add("twice");
                if (++times == 2) {
                    return false;
                }
                turns.take(this);
                return true;
            }
        };
        turns.take(List.of(twice, step("once")));
        assertThat(done).containsExactly("twice", "once", "twice");
    }

    @Test
    void whoWaitForTheSameHearOfItInTurns() {
        Promise<String> awaited = Promise.promise();
        for (int i = 0; i < 5; i++) {
            turns.tell(
                    awaited.future(),
                    result -> step(result).step(),
                    cause -> step("failed").step());
        }
        awaited.complete("heard");
        assertThat(done).hasSize(3);
        timer();
        assertThat(done).containsOnly("heard").hasSize(5);

        turns.tell(awaited.future(), result -> done.add("known"), cause -> done.add("failed"));
        assertThat(done).last().isEqualTo("known");
    }

    @Test
    void whoFailsIsLeftOutAndTheOthersGoOn() {
        turns.take(List.of(step("broken 1"), step("a"), step("broken 2"), step("b")));
        timer();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void anErrorOfOneDoesNotKeepTheOthersFromTheirTurns() {
        turns.take(List.of(step("class missing 1"), step("a"), step("class missing 2"), step("b")));
        timer();
        turns.take(step("c"));
        assertThat(done).containsExactly("a", "b", "c");
        timer();
        assertThat(turns.areFree()).isTrue();
    }

    @Test
    void whatNobodyCatchesDoesNotKeepTheOthersFromTheirTurns() {
        broken = true;
        assertThatThrownBy(() -> turns.take(steps(2))).isInstanceOf(StackOverflowError.class);
        broken = false;
        timer();
        assertThat(done).containsExactly("step 0", "step 1");
    }
}
