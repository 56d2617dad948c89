/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import io.gossip.cli.config.ConfigKey.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * All that can be configured, read off the options of a command: their names, the labels of their values, and their
 * descriptions, which end with {@code (default: …)}.
 */
public final class ConfigKeys {
    private static final Pattern DESCRIPTION = Pattern.compile("(.*) \\(default: (.*)\\)", Pattern.DOTALL);
    private static final String PREFIX = "GOSSIP_";

    private final Map<String, ConfigKey> byName;
    private final Map<String, String> rivals;

    private ConfigKeys(Map<String, ConfigKey> byName, Map<String, String> rivals) {
        this.byName = Collections.unmodifiableMap(byName);
        this.rivals = Map.copyOf(rivals);
    }

    /**
     * Reads the options of a command.
     *
     * @param command whose options they are
     * @param rivals names of keys that say the same in two ways, each pair once
     * @return their keys, in the same order
     * @throws IllegalArgumentException if the description of an option does not end with its default
     */
    public static ConfigKeys of(CommandSpec command, Map<String, String> rivals) {
        Map<String, ConfigKey> byName = new LinkedHashMap<>();
        command.options().stream().map(ConfigKeys::key).forEach(key -> byName.put(key.name(), key));
        Map<String, String> bothWays = new LinkedHashMap<>(rivals);
        rivals.forEach((one, other) -> bothWays.put(other, one));
        return new ConfigKeys(byName, bothWays);
    }

    /** {@return the keys in the order of the help} */
    public Collection<ConfigKey> all() {
        return byName.values();
    }

    /** {@return the key of a name} */
    public Optional<ConfigKey> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** {@return the key of an option, named with its dashes} */
    public Optional<ConfigKey> ofOption(String option) {
        return find(option.replaceFirst("^--", ""));
    }

    /** {@return the key that says the same in another way; of the two the stronger one holds} */
    Optional<ConfigKey> rival(ConfigKey key) {
        return Optional.ofNullable(rivals.get(key.name())).flatMap(this::find);
    }

    /** {@return the key that a name was to be, if there is one so much like it} */
    Optional<ConfigKey> nearest(String name) {
        return NearestName.of(name, byName.keySet()).flatMap(this::find);
    }

    /** {@return a complaint about a name that is none of these} */
    String unknown(String name) {
        return "unknown key '" + name + "'"
                + nearest(name)
                        .map(nearest -> ", did you mean '" + nearest.name() + "'?")
                        .orElse(", known: " + String.join(", ", byName.keySet()));
    }

    /** {@return the environment variable for the option} */
    static String variable(String option) {
        return PREFIX + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static ConfigKey key(OptionSpec option) {
        String name = option.names()[0];
        String label = option.paramLabel();
        String described = String.join(" ", option.description());
        Matcher matcher = DESCRIPTION.matcher(described);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(name + ": the description does not end with the default: " + described);
        }
        boolean truth = option.arity().max() == 0;
        int equals = label.indexOf('=');
        String value = label.substring(equals + 1);
        return new ConfigKey(
                name.replaceFirst("^--", ""),
                name,
                variable(name),
                equals >= 0 ? Shape.MAP : option.isMultiValue() ? Shape.LIST : Shape.ONE,
                truth ? ValueForm.TRUTH : ValueForm.ofLabel(value),
                !truth && value.indexOf('|') > 0 ? new ArrayList<>(Arrays.asList(value.split("\\|"))) : List.of(),
                matcher.group(1),
                matcher.group(2),
                isValue(option.initialValue()));
    }

    private static boolean isValue(@Nullable Object initial) {
        return initial != null
                && !(initial instanceof Collection<?> collection && collection.isEmpty())
                && !(initial instanceof Map<?, ?> map && map.isEmpty());
    }
}
