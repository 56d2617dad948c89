/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.List;

/**
 * What somebody set.
 *
 * @param key what
 * @param values to what, as texts that the option takes: one, or any number for a list or a map ({@code NAME=VALUE})
 * @param origin where
 */
public record Setting(ConfigKey key, List<String> values, Origin origin) {
    /** Copies what it is given. */
    public Setting {
        values = List.copyOf(values);
    }

    /** {@return the same as arguments of a command line} */
    public List<String> arguments() {
        return values.stream().map(value -> key.option() + "=" + value).toList();
    }

    /** {@return a complaint about it} */
    public ConfigException refused(String why) {
        return new ConfigException(List.of(origin.accused(key) + ": " + why));
    }
}
