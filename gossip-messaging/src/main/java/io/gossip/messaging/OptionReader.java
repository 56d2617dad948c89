/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Reads options from JSON strictly: every complaint names the field. */
final class OptionReader {
    private final JsonObject json;

    /** Refuses fields of other names. */
    OptionReader(JsonObject json, Set<String> names) {
        this.json = json;
        for (String name : json.fieldNames()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("unknown option '" + name + "', known: " + String.join(", ", names));
            }
        }
    }

    void text(String name, Consumer<String> setter) {
        read(name, String.class, "a text", setter);
    }

    void number(String name, LongConsumer setter) {
        read(name, Number.class, "a number", value -> {
            if (value.doubleValue() != value.longValue()) {
                throw new IllegalArgumentException("must be a whole number, was " + value);
            }
            setter.accept(value.longValue());
        });
    }

    void millis(String name, Consumer<Duration> setter) {
        number(name, value -> setter.accept(Duration.ofMillis(value)));
    }

    void object(String name, Consumer<JsonObject> setter) {
        read(name, JsonObject.class, "an object", setter);
    }

    void texts(String name, Consumer<List<String>> setter) {
        read(name, JsonArray.class, "a list of texts", value -> {
            if (!value.stream().allMatch(String.class::isInstance)) {
                throw new IllegalArgumentException("must be a list of texts");
            }
            setter.accept(value.stream().map(String.class::cast).toList());
        });
    }

    private <T> void read(String name, Class<T> type, String kind, Consumer<T> setter) {
        Object value = json.getValue(name);
        if (value == null) {
            return;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("option '" + name + "' must be " + kind + ", was " + value);
        }
        try {
            setter.accept(type.cast(value));
        } catch (IllegalArgumentException | ArithmeticException bad) {
            throw new IllegalArgumentException("option '" + name + "': " + bad.getMessage(), bad);
        }
    }
}
