/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.Arrays;
import java.util.List;

/** Several values in one text, separated by commas. */
final class ListText {
    private ListText() {}

    /** {@return the values, without blanks around them and without empty ones} */
    static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
