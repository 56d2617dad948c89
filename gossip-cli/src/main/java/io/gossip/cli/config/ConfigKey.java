/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured.
 *
 * @param name as in a file: the name of the option without its dashes
 * @param option the option, with its dashes
 * @param variable the environment variable
 * @param shape one value, a list or a map
 * @param form what one value looks like; of a map the values
 * @param choices the words allowed if the form is {@link ValueForm#CHOICE}, else empty
 * @param meaning what it does, a phrase
 * @param byDefault what holds if it is not set, as a phrase; a value if {@code hasDefaultValue}
 * @param hasDefaultValue whether {@code byDefault} is a value that could be set
 */
public record ConfigKey(
        String name,
        String option,
        String variable,
        Shape shape,
        ValueForm form,
        List<String> choices,
        String meaning,
        String byDefault,
        boolean hasDefaultValue) {

    /** How many values there are. */
    public enum Shape {
        /** One value. */
        ONE,
        /** Any number of values in order. */
        LIST,
        /** Any number of named values in order; as texts {@code NAME=VALUE}. */
        MAP
    }

    /** Copies what it is given. */
    public ConfigKey {
        choices = List.copyOf(choices);
    }

    /** {@return what to write, for a complaint} */
    public String expected() {
        String one = form == ValueForm.CHOICE
                ? String.join(", ", choices).replaceFirst(", ([^,]*)$", " or $1")
                : form.expected();
        return switch (shape) {
            case ONE -> one;
            case LIST -> "a list, each item " + one;
            case MAP -> "names with values, each value " + one;
        };
    }

    /** {@return what to write, for a table} */
    String word() {
        String one = form == ValueForm.CHOICE ? "`" + String.join("`, `", choices) + "`" : form.word();
        return switch (shape) {
            case ONE -> one;
            case LIST -> "list of " + one;
            case MAP -> "NAME: " + one;
        };
    }

    /** {@return the value that holds if it is not set; null if that depends} */
    @Nullable
    String defaultValue() {
        return hasDefaultValue ? byDefault : null;
    }
}
