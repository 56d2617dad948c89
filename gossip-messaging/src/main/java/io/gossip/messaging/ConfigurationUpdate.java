/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.transport.Reconfiguration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a new configuration. Options are named by their path in the JSON of {@link MessageNodeOptions}, such as
 * {@code messaging.proxies}.
 *
 * @param applied options that changed and are in force now, sorted
 * @param needRestart options that changed but are in force only after a restart, sorted; they were left as they are
 */
public record ConfigurationUpdate(List<String> applied, List<String> needRestart) {
    /**
     * Copies both.
     *
     * @param applied options that changed and are in force now, sorted
     * @param needRestart options that changed but are in force only after a restart, sorted; they were left as they are
     */
    public ConfigurationUpdate {
        applied = applied.stream().sorted().toList();
        needRestart = needRestart.stream().sorted().toList();
    }

    ConfigurationUpdate and(Reconfiguration change) {
        return new ConfigurationUpdate(joined(applied, change.applied()), joined(needRestart, change.needRestart()));
    }

    private static List<String> joined(List<String> names, List<String> more) {
        return Stream.concat(names.stream(), more.stream()).toList();
    }
}
