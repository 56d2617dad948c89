/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Map;

/** What one value looks like. Found by the label that the option has in the help, so that each is described once. */
public enum ValueForm {
    /** Any text. */
    TEXT("text", "text"),

    /** A file name; in a file relative to its folder. */
    FILE("FILE", "the name of a file"),

    /** A directory name; in a file relative to its folder. */
    DIRECTORY("DIR", "the name of a directory"),

    /** Host and port. */
    HOST_PORT("HOST:PORT", "HOST:PORT like 192.0.2.7:7280, [2001:db8::7]:7280 or name:7280"),

    /** A span of time with its unit. */
    DURATION("DURATION", "a duration like 100ms, 1s, 10m, 24h or PT1S"),

    /** A number of bytes, with a unit or without. */
    SIZE("SIZE", "a size like 65536, 64KiB or 1MiB"),

    /** A whole number. */
    INTEGER("whole number", "a whole number"),

    /** Any number. */
    NUMBER("number", "a number"),

    /** Yes or no. */
    TRUTH("`true` or `false`", "true or false"),

    /** One of a few words. */
    CHOICE("word", "one of a few words");

    private static final Map<String, ValueForm> BY_LABEL = Map.of(
            "HOST:PORT", HOST_PORT,
            "DURATION", DURATION,
            "SIZE", SIZE,
            "N", INTEGER,
            "PHI", NUMBER,
            "FILE", FILE,
            "DIR", DIRECTORY,
            "SHARDED", TRUTH);

    private final String word;
    private final String expected;

    ValueForm(String word, String expected) {
        this.word = word;
        this.expected = expected;
    }

    /** {@return the form of the values of an option with this label} */
    static ValueForm ofLabel(String label) {
        return label.indexOf('|') > 0 ? CHOICE : BY_LABEL.getOrDefault(label, TEXT);
    }

    /** {@return whether it is a name in the file system} */
    boolean isPath() {
        return this == FILE || this == DIRECTORY;
    }

    /** {@return what to write, for a table} */
    String word() {
        return word;
    }

    /** {@return what to write, for a complaint} */
    String expected() {
        return expected;
    }

    /** {@return whether YAML and JSON write it as such a token} */
    boolean isWrittenAs(JsonToken token) {
        return switch (this) {
            case TEXT, FILE, DIRECTORY, HOST_PORT, DURATION, CHOICE -> token == JsonToken.VALUE_STRING;
            case SIZE -> token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
            case INTEGER -> token == JsonToken.VALUE_NUMBER_INT;
            case NUMBER -> token.isNumeric();
            case TRUTH -> token.isBoolean();
        };
    }
}
