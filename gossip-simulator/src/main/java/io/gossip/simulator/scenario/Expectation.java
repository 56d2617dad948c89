/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a scenario wants to see, beside the laws that hold in every run. */
public sealed interface Expectation {
    /**
     * Once nothing is done any more, all running members see each other live and hold the same keys of each other.
     *
     * @param within after the end of the last action
     */
    record Converged(Duration within) implements Expectation {}

    /** No running member is ever called dead. */
    record NoFalseDeaths() implements Expectation {}

    /**
     * Some members never call certain others dead while those run.
     *
     * @param who those who judge
     * @param whom those who are judged
     */
    record Spares(MemberSet who, MemberSet whom) implements Expectation {}

    /**
     * Members see others live, or not live.
     *
     * @param at from when on
     * @param who those who look; ones that do not run are left out
     * @param seen at whom
     * @param live whether as live
     * @param within how soon after {@code at} all of them must
     */
    record Sees(Duration at, MemberSet who, MemberSet seen, boolean live, Duration within) implements Expectation {}

    /**
     * Members read a key of another.
     *
     * @param at from when on
     * @param who those who read; ones that do not run are left out
     * @param owner number of the member whose key it is
     * @param key which
     * @param value what they read; null: nothing
     * @param within how soon after {@code at} all of them must
     */
    record Reads(
            Duration at,
            MemberSet who,
            int owner,
            String key,
            @Nullable String value,
            Duration within) implements Expectation {}
}
