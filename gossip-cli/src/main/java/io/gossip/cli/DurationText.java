/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Durations as people write them: {@code 100ms}, {@code 1.5s}, {@code 10m}, {@code 24h}, {@code 7d} or ISO-8601. */
final class DurationText {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)([a-z]+)");
    private static final Map<String, Long> NANOS_PER_UNIT = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L,
            "d", 86_400_000_000_000L);
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

    private DurationText() {}

    /**
     * Reads a duration that is not negative.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static Duration parse(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches() && NANOS_PER_UNIT.containsKey(matcher.group(2))) {
            return ofNanos(new BigDecimal(matcher.group(1))
                    .multiply(BigDecimal.valueOf(NANOS_PER_UNIT.get(matcher.group(2)))));
        }
        try {
            if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
                Duration duration = Duration.parse(text);
                if (!duration.isNegative()) {
                    return duration;
                }
            }
        } catch (DateTimeException e) {
            // The same complaint as for any other text.
        }
        throw new IllegalArgumentException("expected a duration like 100ms, 1s, 10m, 24h or PT1S, got '" + text + "'");
    }

    /** {@return the shortest text that stands for as many milliseconds} */
    static String ofMillis(long millis) {
        return Stream.of("d", "h", "m", "s")
                .filter(unit -> millis != 0 && millis % millisPer(unit) == 0)
                .findFirst()
                .map(unit -> millis / millisPer(unit) + unit)
                .orElse(millis + "ms");
    }

    private static long millisPer(String unit) {
        return Objects.requireNonNull(NANOS_PER_UNIT.get(unit)) / 1_000_000;
    }

    private static Duration ofNanos(BigDecimal nanos) {
        BigDecimal[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
    }
}
