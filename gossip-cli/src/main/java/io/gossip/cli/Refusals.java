/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries values one by one and keeps what is refused, so that all of it can be told at once. What the setters of a node
 * call a field is told in the words of the option.
 *
 * <p><b>Threads:</b> confined.
 */
final class Refusals {
    private static final String INTERVAL_IN_MILLIS = "--interval-ms";
    private static final Pattern RANGE =
            Pattern.compile("(\\w+) must be between ([0-9]+) and ([0-9]+), was (-?[0-9]+)");
    private static final Pattern FIELD = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z]+)* must ");

    private final List<RefusedOption> refused = new ArrayList<>();

    /** Runs a setter; what it refuses is blamed on the option. */
    void check(String option, Runnable setter) {
        try {
            setter.run();
        } catch (RefusedOption itself) {
            refused.add(itself);
        } catch (ArithmeticException tooLong) {
            refused.add(new RefusedOption(option, "is far too long", tooLong));
        } catch (IllegalArgumentException e) {
            refused.add(new RefusedOption(option, inItsOwnWords(option, String.valueOf(e.getMessage())), e));
        }
    }

    /** Refuses a value. */
    void refuse(String option, String why) {
        refused.add(new RefusedOption(option, why));
    }

    /** {@return whether nothing about an option was refused so far} */
    boolean allows(String option) {
        return refused.stream().noneMatch(one -> one.option().equals(option));
    }

    /** {@return what was refused, in the order in which it was tried} */
    List<RefusedOption> all() {
        return List.copyOf(refused);
    }

    /** {@return what a library says about addresses, told in the words of the options that set them} */
    static String inWordsOfOptions(String message) {
        return message.replaceAll("\\blistenAddress\\b", "--gossip-addr")
                .replaceAll("\\badvertiseAddress\\b", "--advertise-addr")
                .replace("set another host or port", "set another --listen-addr");
    }

    private static String inItsOwnWords(String option, String message) {
        Matcher range = RANGE.matcher(message);
        if (!range.matches()) {
            Matcher field = FIELD.matcher(message);
            return field.lookingAt() ? "must " + message.substring(field.end()) : message;
        }
        boolean duration = range.group(1).endsWith("Millis") && !option.equals(INTERVAL_IN_MILLIS);
        return "must be between " + bound(range.group(2), duration) + " and " + bound(range.group(3), duration)
                + (range.group(1).endsWith("Bytes") ? " bytes" : "") + ", was " + bound(range.group(4), duration);
    }

    private static String bound(String number, boolean duration) {
        return duration ? DurationText.ofMillis(Long.parseLong(number)) : number;
    }
}
