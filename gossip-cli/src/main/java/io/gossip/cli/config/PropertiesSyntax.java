/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import io.gossip.cli.config.ConfigKey.Shape;
import java.io.IOException;
import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Properties: {@code key=value}, {@code list=a,b}, {@code map.name=value}. */
final class PropertiesSyntax {
    private PropertiesSyntax() {}

    static void read(String text, FileSettings settings) throws IOException {
        Iterator<String> lines = text.lines().iterator();
        int number = 0;
        while (lines.hasNext()) {
            StringBuilder logical = new StringBuilder(lines.next());
            int first = ++number;
            while (isContinued(logical) && lines.hasNext()) {
                logical.append('\n').append(lines.next());
                number++;
            }
            entry(logical.toString(), first, settings);
        }
    }

    // One logical line at a time, for the reader of the JDK does not tell lines.
    private static void entry(String logical, int line, FileSettings settings) throws IOException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IllegalArgumentException malformed) {
            settings.problem(line, "not properties: " + malformed.getMessage());
            settings.incomplete();
        }
        one.stringPropertyNames().forEach(name -> set(name, one.getProperty(name), line, settings));
    }

    private static void set(String name, String value, int line, FileSettings settings) {
        int dot = name.indexOf('.');
        String keyName = dot < 0 ? name : name.substring(0, dot);
        if (dot >= 0) {
            Optional<ConfigKey> map = settings.map(keyName);
            if (map.isPresent()) {
                settings.add(map.get(), name.substring(dot + 1), value, line);
                return;
            }
        }
        settings.begin(name, line).ifPresent(key -> {
            if (key.shape() == Shape.MAP) {
                settings.unexpected(key, "one without a name, write " + key.name() + ".NAME=VALUE", line);
            } else {
                settings.set(key, key.shape() == Shape.LIST ? ListText.split(value) : List.of(value.strip()), line);
            }
        });
    }

    private static boolean isContinued(CharSequence line) {
        String text = line.toString();
        String stripped = text.stripLeading();
        boolean comment = text.indexOf('\n') < 0 && (stripped.startsWith("#") || stripped.startsWith("!"));
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\\') {
            end--;
        }
        return !comment && (text.length() - end) % 2 == 1;
    }
}
