/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import java.util.List;
import java.util.Locale;

/** Writes JSON, with no more of it than reports need. */
final class JsonWriter {
    private final StringBuilder json = new StringBuilder();
    private boolean first = true;

    JsonWriter open(char bracket) {
        separate();
        json.append(bracket);
        first = true;
        return this;
    }

    JsonWriter close(char bracket) {
        json.append(bracket);
        first = false;
        return this;
    }

    JsonWriter name(String name) {
        separate();
        quoted(name);
        json.append(':');
        first = true;
        return this;
    }

    JsonWriter field(String name, String value) {
        name(name);
        separate();
        quoted(value);
        return this;
    }

    JsonWriter field(String name, long value) {
        name(name);
        separate();
        json.append(value);
        return this;
    }

    JsonWriter field(String name, boolean value) {
        name(name);
        separate();
        json.append(value);
        return this;
    }

    JsonWriter field(String name, double value) {
        name(name);
        number(value);
        return this;
    }

    JsonWriter field(String name, List<Double> values) {
        name(name).open('[');
        values.forEach(this::number);
        return close(']');
    }

    void number(double value) {
        separate();
        json.append(Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "null");
    }

    private void separate() {
        if (!first) {
            json.append(',');
        }
        first = false;
    }

    private void quoted(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && !Character.isLetterOrDigit(c))) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
