/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import io.gossip.cli.config.ConfigKey.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects what one file sets, and all that is wrong with it. */
final class FileSettings {
    private final Path file;
    private final ConfigKeys keys;
    private final Map<ConfigKey, Setting> settings = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<ConfigKey> misspelt = new LinkedHashSet<>();
    private final Set<ConfigKey> malformed = new LinkedHashSet<>();
    private boolean whole = true;

    FileSettings(Path file, ConfigKeys keys) {
        this.file = file;
        this.keys = keys;
    }

    /** {@return the key of a name; empty, after a complaint, if there is none or it was set before} */
    Optional<ConfigKey> begin(String name, int line) {
        Optional<ConfigKey> key = keys.find(name);
        if (key.isEmpty()) {
            problem(line, keys.unknown(name));
            keys.nearest(name).ifPresent(misspelt::add);
        }
        return key.filter(known -> isFirst(known, line));
    }

    /** {@return the map of a name; empty, without a complaint, if there is none} */
    Optional<ConfigKey> map(String name) {
        return keys.find(name).filter(key -> key.shape() == Shape.MAP);
    }

    /** Sets a key. */
    void set(ConfigKey key, List<String> values, int line) {
        List<String> resolved =
                key.form().isPath() ? values.stream().map(this::besideTheFile).toList() : values;
        settings.put(key, new Setting(key, resolved, new Origin.InFile(file.toString(), line)));
    }

    /** Sets one name of a map, besides those that are set. */
    void add(ConfigKey map, String name, String value, int line) {
        Setting before = settings.get(map);
        List<String> values = new ArrayList<>(before == null ? List.of() : before.values());
        if (values.stream().anyMatch(other -> other.startsWith(name + "="))) {
            problem(line, map.name() + ": '" + name + "' is given twice");
        }
        values.add(name + "=" + value);
        set(map, values, before != null && before.origin() instanceof Origin.InFile at ? at.line() : line);
    }

    /** Complains about a value of the wrong kind. */
    void unexpected(ConfigKey key, String got, int line) {
        String hint = key.shape() == Shape.MAP ? " (" + key.name() + ": {NAME: VALUE})" : "";
        problem(line, key.name() + ": expected " + key.expected() + hint + ", got " + got);
        malformed.add(key);
    }

    /** Complains. */
    void problem(int line, String what) {
        problems.add(file + ":" + line + ": " + what);
    }

    /** Complains about a place in a line. */
    void problem(int line, int column, String what) {
        problems.add(file + ":" + line + ":" + column + ": " + what);
    }

    /** Says that something in the file was not read, nobody knows what. */
    void incomplete() {
        whole = false;
    }

    /** {@return what is set, and the complaints} */
    FileContent finished() {
        Set<ConfigKey> lost = new LinkedHashSet<>(misspelt);
        lost.removeAll(settings.keySet());
        lost.addAll(malformed);
        return new FileContent(List.copyOf(settings.values()), problems, lost, whole);
    }

    private boolean isFirst(ConfigKey key, int line) {
        Setting before = settings.get(key);
        if (before != null) {
            problem(
                    line,
                    key.name() + ": given twice, before at " + before.origin().where());
        }
        return before == null;
    }

    private String besideTheFile(String name) {
        return name.isEmpty() ? name : file.resolveSibling(name).toString();
    }
}
