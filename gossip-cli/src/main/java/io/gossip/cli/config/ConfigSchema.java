/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;

/** A JSON Schema of a file of settings, by which editors complete and check it. */
public final class ConfigSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String HOST_PORT = "^(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9_.-]+):[0-9]{1,5}$";
    private static final String DURATION = "^([0-9]{1,12}(\\.[0-9]{1,9})?(ns|us|ms|s|m|h|d)|[Pp].+)$";
    private static final String SIZE = "^[0-9]{1,18} ?(B|kB|KB|MB|GB|KiB|MiB|GiB)?$";

    private ConfigSchema() {}

    /** {@return the schema, draft 2020-12, for files with these keys} */
    public static ObjectNode of(ConfigKeys keys) {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Configuration of gossip node")
                .put("type", "object")
                .put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (ConfigKey key : keys.all()) {
            properties.set(key.name(), property(key));
        }
        return schema;
    }

    private static ObjectNode property(ConfigKey key) {
        ObjectNode property = JSON.objectNode().put("description", sentence(key));
        switch (key.shape()) {
            case ONE -> {
                property.setAll(value(key));
                putDefault(property, key);
            }
            case LIST -> property.put("type", "array").set("items", value(key));
            case MAP -> property.put("type", "object").set("additionalProperties", value(key));
        }
        return property;
    }

    private static ObjectNode value(ConfigKey key) {
        ObjectNode value = JSON.objectNode();
        return switch (key.form()) {
            case TEXT ->
                key.shape() == ConfigKey.Shape.MAP
                        ? types(value, "string", "number", "boolean")
                        : value.put("type", "string");
            case FILE, DIRECTORY -> value.put("type", "string").put("minLength", 1);
            case HOST_PORT -> value.put("type", "string").put("pattern", HOST_PORT);
            case DURATION -> value.put("type", "string").put("pattern", DURATION);
            case SIZE -> types(value, "integer", "string").put("minimum", 0).put("pattern", SIZE);
            case INTEGER -> value.put("type", "integer").put("minimum", 0);
            case NUMBER -> value.put("type", "number").put("exclusiveMinimum", 0);
            case TRUTH -> value.put("type", "boolean");
            case CHOICE -> choice(value.put("type", "string"), key);
        };
    }

    private static ObjectNode types(ObjectNode value, String... types) {
        var array = value.putArray("type");
        for (String type : types) {
            array.add(type);
        }
        return value;
    }

    private static ObjectNode choice(ObjectNode value, ConfigKey key) {
        key.choices().forEach(value.putArray("enum")::add);
        return value;
    }

    private static void putDefault(ObjectNode property, ConfigKey key) {
        String value = key.defaultValue();
        if (value != null) {
            switch (key.form()) {
                case INTEGER, NUMBER -> property.put("default", new BigDecimal(value));
                case TRUTH -> property.put("default", Boolean.parseBoolean(value));
                default -> property.put("default", value);
            }
        }
    }

    private static String sentence(ConfigKey key) {
        String meaning = key.meaning();
        return meaning.substring(0, 1).toUpperCase(Locale.ROOT) + meaning.substring(1) + ". Default: " + key.byDefault()
                + ".";
    }
}
