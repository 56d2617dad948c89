/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is set, each key once, by whoever is strongest. Immutable. */
public final class Configuration {
    private final ConfigKeys keys;
    private final Map<ConfigKey, Setting> settings;
    private final List<String> problems;
    private final FileContent file;

    private Configuration(ConfigKeys keys, Map<ConfigKey, Setting> settings, List<String> problems, FileContent file) {
        this.keys = keys;
        this.settings = Collections.unmodifiableMap(settings);
        this.problems = List.copyOf(problems);
        this.file = file;
    }

    /**
     * Lays settings over one another. A list or map of a stronger layer replaces the one below, it does not add to it.
     *
     * @param keys what may be set
     * @param layers what is set, the weakest layer first
     * @return what holds; with a problem if one layer says one thing in two ways
     */
    public static Configuration layered(ConfigKeys keys, List<List<Setting>> layers) {
        Map<ConfigKey, Setting> strongest = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (List<Setting> layer : layers) {
            Map<ConfigKey, Setting> own = new LinkedHashMap<>();
            for (Setting setting : layer) {
                keys.rival(setting.key()).ifPresent(rival -> {
                    Setting other = own.get(rival);
                    if (other != null) {
                        problems.addAll(setting.refused(
                                        "says the same as " + other.origin().accused(rival) + ", give one of them")
                                .problems());
                    }
                    strongest.remove(rival);
                });
                own.put(setting.key(), setting);
                strongest.put(setting.key(), setting);
            }
        }
        Map<ConfigKey, Setting> inOrder = new LinkedHashMap<>();
        keys.all().stream().filter(strongest::containsKey).forEach(key -> inOrder.put(key, strongest.get(key)));
        return new Configuration(keys, inOrder, problems, FileContent.empty());
    }

    /** {@return the same with the problems of the file of one of its layers, before its own} */
    public Configuration with(FileContent read) {
        List<String> all = new ArrayList<>(read.problems());
        all.addAll(problems);
        return new Configuration(keys, settings, all, read);
    }

    /** {@return what is wrong with what was set, a line each; it is not among the settings} */
    public List<String> problems() {
        return problems;
    }

    /** {@return the keys that the file was to set, but for its problems, and that nothing stronger sets} */
    public Set<ConfigKey> lost() {
        return file.lost().stream()
                .filter(key -> setting(key)
                        .map(setting -> setting.origin() instanceof Origin.InFile)
                        .orElse(true))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return whether all is known that was to be set, or lost} */
    public boolean isWhole() {
        return file.isWhole();
    }

    /** {@return the same without some settings} */
    public Configuration without(Set<ConfigKey> left) {
        Map<ConfigKey, Setting> others = new LinkedHashMap<>(settings);
        others.keySet().removeAll(left);
        return new Configuration(keys, others, problems, file);
    }

    /** {@return all that could be set} */
    public ConfigKeys keys() {
        return keys;
    }

    /** {@return what is set, in the order of the keys} */
    public Collection<Setting> settings() {
        return settings.values();
    }

    /** {@return what a key is set to; empty if its default holds} */
    public Optional<Setting> setting(ConfigKey key) {
        return Optional.ofNullable(settings.get(key));
    }

    /** {@return all that is set as arguments of a command line} */
    public String[] arguments() {
        return settings.values().stream()
                .flatMap(setting -> setting.arguments().stream())
                .toArray(String[]::new);
    }

    /**
     * Holds back some changes.
     *
     * @param running what was set before
     * @param kept which keys keep what they were set to there
     * @return this one but for those keys
     */
    public Configuration keeping(Configuration running, Set<ConfigKey> kept) {
        Map<ConfigKey, Setting> mixed = new LinkedHashMap<>();
        for (ConfigKey key : keys.all()) {
            (kept.contains(key) ? running : this).setting(key).ifPresent(setting -> mixed.put(key, setting));
        }
        return new Configuration(keys, mixed, problems, file);
    }

    /** {@return the keys in which the two differ, in their order} */
    public List<ConfigKey> differences(Configuration other) {
        return keys.all().stream()
                .filter(key -> !values(key).equals(other.values(key)))
                .toList();
    }

    private List<String> values(ConfigKey key) {
        return setting(key).map(Setting::values).orElse(List.of());
    }
}
