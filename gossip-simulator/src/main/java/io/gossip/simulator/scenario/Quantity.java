/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, shares and numbers as scenarios spell them; what is printed is read back as the same value. */
final class Quantity {
    private static final Pattern DURATION = Pattern.compile("(-?[0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|ms|s|m|h)");

    private Quantity() {}

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new ScenarioException("expected a duration like 100ms, 1.5s or 2m, got '" + text + "'");
        }
        return Duration.ofNanos(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(nanosPer(matcher.group(2))))
                .longValue());
    }

    private static long nanosPer(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new AssertionError(unit);
        };
    }

    static String text(Duration duration) {
        long nanos = duration.toNanos();
        for (String unit : new String[] {"h", "m", "s", "ms", "us"}) {
            if (nanos != 0 && nanos % nanosPer(unit) == 0) {
                return nanos / nanosPer(unit) + unit;
            }
        }
        return nanos == 0 ? "0s" : nanos + "ns";
    }

    static double share(String text) {
        try {
            if (text.endsWith("%")) {
                double share = new BigDecimal(text.substring(0, text.length() - 1))
                        .movePointLeft(2)
                        .doubleValue();
                if (share >= 0 && share <= 1) {
                    return share;
                }
            }
        } catch (NumberFormatException e) {
            // The same complaint as for any other text.
        }
        throw new ScenarioException("expected a share from 0% to 100%, got '" + text + "'");
    }

    static String text(double share) {
        return plain(BigDecimal.valueOf(share).movePointRight(2)) + "%";
    }

    static double number(String text) {
        try {
            return new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            throw new ScenarioException("expected a number, got '" + text + "'");
        }
    }

    static String number(double value) {
        return plain(BigDecimal.valueOf(value));
    }

    /** Events per second: {@code 2.5/s}. */
    static double rate(String text) {
        if (!text.endsWith("/s")) {
            throw new ScenarioException("expected a rate like 2.5/s, got '" + text + "'");
        }
        double rate = number(text.substring(0, text.length() - 2));
        if (!(rate > 0 && rate <= 1_000_000)) {
            throw new ScenarioException("expected a rate above 0/s and at most 1000000/s, got '" + text + "'");
        }
        return rate;
    }

    static String rate(double value) {
        return number(value) + "/s";
    }

    static long whole(String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The same complaint as for any other text.
        }
        throw new ScenarioException("expected a whole number from " + least + " to " + most + ", got '" + text + "'");
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
