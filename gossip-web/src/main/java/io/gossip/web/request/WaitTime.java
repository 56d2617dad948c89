/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.request;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long an answer may be held: the parameter {@code wait}, such as {@code 30s}, {@code 500ms} or {@code 1m}. */
public final class WaitTime {
    public static final String PARAMETER = "wait";
    static final long MAX_MILLIS = 60_000;
    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,4})(ms|s|m)");

    private WaitTime() {}

    /**
     * Reads the parameter.
     *
     * @param text its value; empty if it was not given
     * @return milliseconds, 0 to {@value #MAX_MILLIS}
     * @throws ProblemException 400 if it is no such time, or a longer one
     */
    public static long millis(Optional<String> text) {
        return text.isEmpty() ? 0 : millis(text.get());
    }

    private static long millis(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            long millis = unit(matcher.group(2)).toMillis(Long.parseLong(matcher.group(1)));
            if (millis <= MAX_MILLIS) {
                return millis;
            }
        }
        throw new ProblemException(
                400, "parameter '" + PARAMETER + "' must be a time of at most 60s, such as 30s or 500ms");
    }

    private static TimeUnit unit(String name) {
        return switch (name) {
            case "ms" -> TimeUnit.MILLISECONDS;
            case "s" -> TimeUnit.SECONDS;
            default -> TimeUnit.MINUTES;
        };
    }
}
