/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.List;

/** A configuration that nothing can run with. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Something to change.
     *
     * @param problems what, a line each, at least one
     */
    public ConfigException(List<String> problems) {
        super(problems.get(0) + andMore(problems.size() - 1));
        this.problems = List.copyOf(problems);
    }

    private static String andMore(int others) {
        return others == 0 ? "" : " (and " + others + " more: gossip config tells all)";
    }

    /** {@return all that is to be changed, a line each} */
    public List<String> problems() {
        return problems;
    }
}
