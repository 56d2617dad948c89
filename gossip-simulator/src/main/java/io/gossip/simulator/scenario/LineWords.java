/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;

/** The words of one line, taken one by one. */
final class LineWords {
    private final String[] words;
    private int next;

    LineWords(String line) {
        String stripped = line.strip();
        words = stripped.isEmpty() ? new String[0] : stripped.split("\\s+");
    }

    boolean hasMore() {
        return next < words.length;
    }

    boolean isNext(String word) {
        return hasMore() && words[next].equals(word);
    }

    String next(String expected) {
        if (!hasMore()) {
            throw new ScenarioException("expected " + expected + ", got the end of the line");
        }
        return words[next++];
    }

    void word(String expected) {
        String got = next("'" + expected + "'");
        if (!got.equals(expected)) {
            throw new ScenarioException("expected '" + expected + "', got '" + got + "'");
        }
    }

    MemberSet members() {
        return MemberSet.parse(next("members like 3 or 1-3,7"));
    }

    Duration duration() {
        return Quantity.duration(next("a duration like 100ms"));
    }

    Duration positive() {
        String text = next("a duration like 100ms");
        Duration duration = Quantity.duration(text);
        if (duration.isNegative()) {
            throw new ScenarioException("expected a duration that is not negative, got '" + text + "'");
        }
        return duration;
    }

    double share() {
        return Quantity.share(next("a share like 5%"));
    }

    double rate() {
        return Quantity.rate(next("a rate like 2.5/s"));
    }

    double number() {
        return Quantity.number(next("a number"));
    }

    long whole(long least, long most) {
        return Quantity.whole(next("a whole number"), least, most);
    }

    String rest() {
        StringBuilder rest = new StringBuilder();
        while (hasMore()) {
            rest.append(rest.isEmpty() ? "" : " ").append(words[next++]);
        }
        return rest.toString();
    }

    void end() {
        if (hasMore()) {
            throw new ScenarioException("expected the end of the line, got '" + words[next] + "'");
        }
    }
}
