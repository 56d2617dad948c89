/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Shows every key: what holds and where that comes from, or what the documents say of it. */
public final class ConfigTable {
    private static final String BY_DEFAULT = "default";

    private ConfigTable() {}

    /** {@return lines for people: key, value, origin} */
    public static List<String> lines(Configuration configuration) {
        List<String[]> rows = new ArrayList<>();
        for (ConfigKey key : configuration.keys().all()) {
            rows.add(configuration
                    .setting(key)
                    .map(setting -> new String[] {
                        key.name(), shown(setting), setting.origin().where()
                    })
                    .orElseGet(() -> new String[] {key.name(), unset(key, configuration), BY_DEFAULT}));
        }
        int names = rows.stream().mapToInt(row -> row[0].length()).max().orElse(0);
        int values = rows.stream()
                .mapToInt(row -> row[1].length())
                .filter(length -> length <= 40)
                .max()
                .orElse(0);
        return rows.stream()
                .map(row -> pad(row[0], names) + "  " + pad(row[1], values) + "  " + row[2])
                .toList();
    }

    /** {@return the same for programs: {@code {"settings":[{"key","value","source","where"}…]}}; value null: it depends} */
    public static ObjectNode json(Configuration configuration) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("settings");
        for (ConfigKey key : configuration.keys().all()) {
            ObjectNode one = all.addObject().put("key", key.name());
            configuration
                    .setting(key)
                    .ifPresentOrElse(setting -> put(one, setting), () -> putDefault(one, key, configuration));
        }
        return json;
    }

    /** {@return the table of the documents, lines of Markdown} */
    public static List<String> markdown(ConfigKeys keys, Predicate<ConfigKey> live) {
        List<String> lines = new ArrayList<>(
                List.of("| key | value | default | meaning | a change |", "| --- | --- | --- | --- | --- |"));
        for (ConfigKey key : keys.all()) {
            lines.add("| `" + key.name() + "` | " + key.word() + " | " + key.byDefault() + " | " + key.meaning() + " | "
                    + (live.test(key) ? "at once" : "restart") + " |");
        }
        return lines;
    }

    private static void put(ObjectNode one, Setting setting) {
        if (setting.key().shape() == ConfigKey.Shape.ONE) {
            one.put("value", setting.values().get(0));
        } else {
            setting.values().forEach(one.putArray("value")::add);
        }
        one.put("source", setting.origin().kind()).put("where", setting.origin().where());
    }

    private static void putDefault(ObjectNode one, ConfigKey key, Configuration configuration) {
        String text = unset(key, configuration);
        one.put("value", text.equals(key.byDefault()) ? key.defaultValue() : null)
                .put("source", BY_DEFAULT)
                .put("where", text);
    }

    /** What holds of a key that nobody set: what another one says that means the same, or the default. */
    private static String unset(ConfigKey key, Configuration configuration) {
        return configuration
                .keys()
                .rival(key)
                .filter(rival -> configuration.setting(rival).isPresent())
                .map(rival -> "see " + rival.name())
                .orElse(key.byDefault());
    }

    private static String shown(Setting setting) {
        return setting.values().isEmpty() ? "none" : String.join(", ", setting.values());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
