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
        super(problems.get(0) + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)"));
        this.problems = List.copyOf(problems);
    }

    /** {@return all that is to be changed, a line each} */
    public List<String> problems() {
        return problems;
    }
}
