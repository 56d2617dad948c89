/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant to type. */
final class NearestName {
    private static final int CHARACTERS_PER_TYPO = 3;
    private static final int MAX_LENGTH = 100;

    private NearestName() {}

    /** {@return the name that takes the fewest typos to become this one, if they are few} */
    static Optional<String> of(String typed, Collection<String> names) {
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String folded = folded(typed);
        Optional<String> best = Optional.empty();
        int least = Math.max(2, folded.length() / CHARACTERS_PER_TYPO) + 1;
        for (String name : names) {
            int typos = typos(folded, folded(name));
            if (typos < least) {
                least = typos;
                best = Optional.of(name);
            }
        }
        return best;
    }

    /** Inserted, missing, wrong and swapped characters. */
    static int typos(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int wrong = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(wrong, 1 + Math.min(last[j], current[j - 1]));
                if (isSwapped(from, i, to, j)) {
                    current[j] = Math.min(current[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = current;
        }
        return last[to.length()];
    }

    private static boolean isSwapped(String from, int i, String to, int j) {
        return i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }
}
