/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.List;
import java.util.Set;

/**
 * What stands in a file of settings.
 *
 * @param settings what it sets, in its order, without what is wrong
 * @param problems what is wrong with it, a line each with file and line; empty if nothing is
 * @param lost keys that it was to set, as far as can be told, but for what is wrong
 * @param isWhole whether it could be read to its end; if not, nobody knows what else it was to set
 */
public record FileContent(List<Setting> settings, List<String> problems, Set<ConfigKey> lost, boolean isWhole) {
    /** Copies what it is given. */
    public FileContent {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
        lost = Set.copyOf(lost);
    }

    /** {@return that of an empty file, and of none} */
    public static FileContent empty() {
        return new FileContent(List.of(), List.of(), Set.of(), true);
    }
}
