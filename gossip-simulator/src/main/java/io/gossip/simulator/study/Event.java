/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import io.gossip.simulator.scenario.Action;
import io.gossip.simulator.scenario.MemberSet;
import java.time.Duration;

/** What happens to the affected member after the warm-up. */
public sealed interface Event {
    /** {@return what happens, for readers of a table} */
    String text();

    /**
     * The event as an action of a scenario.
     *
     * @param members how many members there are; the last one is affected
     * @return the action
     */
    Action action(int members);

    /** It stops for good. */
    record Crash() implements Event {
        @Override
        public String text() {
            return "crash";
        }

        @Override
        public Action action(int members) {
            return new Action.Crash(affected(members));
        }
    }

    /**
     * It is frozen.
     *
     * @param forHow for how long
     */
    record Pause(Duration forHow) implements Event {
        @Override
        public String text() {
            return "pause of " + forHow.toSeconds() + " s";
        }

        @Override
        public Action action(int members) {
            return new Action.Pause(affected(members), forHow);
        }
    }

    /**
     * It hears others badly; they hear it well.
     *
     * @param loss share of the datagrams to it that are lost
     */
    record Deaf(double loss) implements Event {
        @Override
        public String text() {
            return "hears %.0f %%".formatted(100 * (1 - loss));
        }

        @Override
        public Action action(int members) {
            return new Action.Link(MemberSet.range(1, members - 1), affected(members), loss);
        }
    }

    private static MemberSet affected(int members) {
        return MemberSet.range(members, members);
    }
}
