/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;

/** Reads what stands behind the word {@code expect}. */
final class ExpectationWords {
    private ExpectationWords() {}

    static Expectation expectation(LineWords words) {
        String what = words.next("'converged', 'no-false-deaths' or members");
        return switch (what) {
            case "converged" -> {
                words.word("within");
                yield new Expectation.Converged(words.positive());
            }
            case "no-false-deaths" -> new Expectation.NoFalseDeaths();
            default -> spares(what, words);
        };
    }

    private static Expectation spares(String who, LineWords words) {
        if (!Character.isDigit(who.charAt(0))) {
            throw new ScenarioException("expected 'converged', 'no-false-deaths' or members, got '" + who + "'");
        }
        words.word("spares");
        return new Expectation.Spares(MemberSet.parse(who), words.members());
    }

    static Expectation timed(Duration at, LineWords words) {
        MemberSet who = words.members();
        String what = words.next("sees-live, sees-dead or reads");
        return switch (what) {
            case "sees-live", "sees-dead" -> {
                MemberSet seen = words.members();
                words.word("within");
                yield new Expectation.Sees(at, who, seen, what.equals("sees-live"), words.positive());
            }
            case "reads" -> reads(at, who, words);
            default -> throw new ScenarioException("expected sees-live, sees-dead or reads, got '" + what + "'");
        };
    }

    private static Expectation reads(Duration at, MemberSet who, LineWords words) {
        int owner = (int) words.whole(1, 100_000);
        String key = words.next("a key");
        boolean nothing = words.isNext("nothing");
        words.word(nothing ? "nothing" : "value");
        String value = nothing ? null : words.next("a value");
        words.word("within");
        return new Expectation.Reads(at, who, owner, key, value, words.positive());
    }
}
