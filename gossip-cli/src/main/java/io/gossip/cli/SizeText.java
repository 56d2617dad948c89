/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 65536}, {@code 64KiB}, {@code 1MiB}, {@code 1MB}. */
final class SizeText {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");
    private static final Map<String, Long> BYTES_PER_UNIT = Map.of(
            "", 1L,
            "B", 1L,
            "kB", 1_000L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30);

    private SizeText() {}

    /**
     * Reads a number of bytes.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static long parse(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (matcher.matches()) {
            Long unit = BYTES_PER_UNIT.get(matcher.group(2));
            long number = Long.parseLong(matcher.group(1));
            if (unit != null && number <= Long.MAX_VALUE / unit) {
                return number * unit;
            }
        }
        throw new IllegalArgumentException("expected a size like 65536, 64KiB or 1MiB, got '" + text + "'");
    }

    /**
     * Reads a number of bytes that fits an {@code int}.
     *
     * @throws IllegalArgumentException saying what is expected
     */
    static int parseInt(String text) {
        long size = parse(text);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected at most " + Integer.MAX_VALUE + " bytes, got '" + text + "'");
        }
        return (int) size;
    }
}
