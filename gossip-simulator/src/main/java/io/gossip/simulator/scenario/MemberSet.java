/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Some members by number, from 1: {@code 3}, {@code 1-3}, {@code 1-3,7}.
 *
 * @param ranges disjoint, not touching, ascending
 */
public record MemberSet(List<Range> ranges) {
    /**
     * Members from one number to another.
     *
     * @param from first number, from 1
     * @param to last number, not below {@code from}
     */
    public record Range(int from, int to) {
        /**
         * Checks the numbers.
         *
         * @param from first number
         * @param to last number
         */
        public Range {
            if (from < 1 || to < from || to > 1_000_000) {
                throw new ScenarioException("expected members like 3 or 1-3,7, got " + from + "-" + to);
            }
        }
    }

    /**
     * Sorts and joins the ranges.
     *
     * @param ranges in any order
     */
    public MemberSet {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Range::from));
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            int last = joined.size() - 1;
            if (last >= 0 && range.from() <= joined.get(last).to() + 1) {
                Range before = joined.get(last);
                joined.set(last, new Range(before.from(), Math.max(before.to(), range.to())));
            } else {
                joined.add(range);
            }
        }
        ranges = List.copyOf(joined);
    }

    /**
     * One or more members.
     *
     * @param numbers from 1
     * @return the set of them
     */
    public static MemberSet of(int... numbers) {
        List<Range> ranges = new ArrayList<>();
        for (int number : numbers) {
            ranges.add(new Range(number, number));
        }
        return new MemberSet(ranges);
    }

    /**
     * The members from one number to another.
     *
     * @param from first, from 1
     * @param to last, inclusive
     * @return the set of them
     */
    public static MemberSet range(int from, int to) {
        return new MemberSet(List.of(new Range(from, to)));
    }

    /**
     * Reads the text form.
     *
     * @param text like {@code 1-3,7}; {@code none} for no member
     * @return the set
     * @throws ScenarioException if it is not such a text
     */
    public static MemberSet parse(String text) {
        if (text.equals("none")) {
            return new MemberSet(List.of());
        }
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            try {
                int from = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
                ranges.add(new Range(from, dash < 0 ? from : Integer.parseInt(part.substring(dash + 1))));
            } catch (NumberFormatException e) {
                throw new ScenarioException("expected members like 3 or 1-3,7, got '" + text + "'");
            }
        }
        return new MemberSet(ranges);
    }

    /** {@return all numbers, ascending} */
    public int[] numbers() {
        return ranges.stream()
                .flatMapToInt(r -> java.util.stream.IntStream.rangeClosed(r.from(), r.to()))
                .toArray();
    }

    /** {@return the greatest number; 0 when there is none} */
    public int greatest() {
        return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).to();
    }

    /**
     * Leaves out the members above a number.
     *
     * @param most greatest number that may stay
     * @return the rest, perhaps none
     */
    public MemberSet upTo(int most) {
        List<Range> kept = new ArrayList<>();
        for (Range range : ranges) {
            if (range.from() <= most) {
                kept.add(new Range(range.from(), Math.min(range.to(), most)));
            }
        }
        return new MemberSet(kept);
    }

    /** {@return the text that {@link #parse} reads} */
    @Override
    public String toString() {
        if (ranges.isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            text.append(text.isEmpty() ? "" : ",").append(range.from());
            if (range.to() > range.from()) {
                text.append('-').append(range.to());
            }
        }
        return text.toString();
    }
}
