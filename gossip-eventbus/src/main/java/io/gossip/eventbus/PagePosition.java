/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.eventbus;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page begins in a held picture; as text what {@code next} says and {@code page} repeats.
 *
 * @param picture number by which one reader asks for its held picture
 * @param member index of the member; always 0 where one member is read
 * @param entry index of the entry in it; always 0 where no entries are read
 */
record PagePosition(long picture, int member, int entry) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})\\.(\\d{1,9})");

    static PagePosition parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw RequestFailure.badRequest(
                    "\"page\" must be what \"next\" of the page before said, was '" + text + "'");
        }
        return new PagePosition(
                Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
    }

    @Override
    public String toString() {
        return picture + "." + member + "." + entry;
    }
}
