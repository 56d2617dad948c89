/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import io.gossip.cli.config.ConfigKey.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the environment sets.
 *
 * @param settings what it sets; an empty variable sets nothing
 * @param warnings variables that look like ours and are not, a line each; their values are not told
 */
public record ConfigEnvironment(List<Setting> settings, List<String> warnings) {
    private static final String PREFIX = "GOSSIP_";
    // Kubernetes tells each container of the services around it, after their names, as Docker's links did: of a service
    // "gossip" GOSSIP_SERVICE_HOST, GOSSIP_PORT=tcp://…, GOSSIP_PORT_80_TCP_ADDR.
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "GOSSIP_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR|START|END))?)");
    private static final Pattern PORT_LINK = Pattern.compile("GOSSIP_(.*_)?PORT");
    private static final Pattern LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Copies what it is given. */
    public ConfigEnvironment {
        settings = List.copyOf(settings);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads an environment.
     *
     * @param variables names and values
     * @param keys what may be set
     * @param others names of variables with our prefix that mean something elsewhere
     * @return what they set
     */
    public static ConfigEnvironment read(Map<String, String> variables, ConfigKeys keys, Set<String> others) {
        Map<String, ConfigKey> byVariable = new TreeMap<>();
        keys.all().forEach(key -> byVariable.put(key.variable(), key));
        Set<String> known = new TreeSet<>(byVariable.keySet());
        known.addAll(others);
        List<Setting> settings = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(variables).forEach((name, value) -> {
            ConfigKey key = byVariable.get(name);
            if (key != null && !value.isBlank()) {
                settings.add(setting(key, value));
            } else if (name.startsWith(PREFIX) && !known.contains(name) && !isServiceLink(name, value)) {
                warnings.add(warning(name, known));
            }
        });
        return new ConfigEnvironment(settings, warnings);
    }

    /** Whether Kubernetes or Docker set it. No key of ours may look like this. */
    static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || (PORT_LINK.matcher(name).matches()
                        && LINK_VALUE.matcher(value).matches());
    }

    private static Setting setting(ConfigKey key, String value) {
        List<String> values = key.shape() == Shape.ONE ? List.of(value.strip()) : ListText.split(value);
        return new Setting(key, values, new Origin.InEnvironment(key.variable()));
    }

    private static String warning(String name, Set<String> known) {
        return name + " in the environment means nothing to this program and is ignored"
                + NearestName.of(name.substring(PREFIX.length()), withoutPrefix(known))
                        .map(nearest -> ", did you mean " + PREFIX + nearest + "?")
                        .orElse("");
    }

    private static List<String> withoutPrefix(Set<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .toList();
    }
}
