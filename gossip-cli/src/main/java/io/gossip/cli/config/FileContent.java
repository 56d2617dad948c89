/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.List;

/**
 * What stands in a file of settings.
 *
 * @param settings what it sets, in its order, without what is wrong
 * @param problems what is wrong with it, a line each with file and line; empty if nothing is
 */
public record FileContent(List<Setting> settings, List<String> problems) {
    /** Copies what it is given. */
    public FileContent {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }
}
