/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import io.gossip.core.wire.ProtocolVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of one run: pairs of {@code --name value}. */
final class Options {
    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads them.
     *
     * @param known the names that there are
     * @throws IllegalArgumentException naming what is none of them, or has no number from 0
     */
    static Options parse(List<String> args, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            if (!args.get(i).startsWith("--") || i + 1 == args.size()) {
                throw new IllegalArgumentException("expected --name value, got: " + args.get(i));
            }
            String name = args.get(i).substring(2);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no option --" + name + " here");
            }
            values.put(name, args.get(i + 1));
        }
        return new Options(values);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " must be a number from 0, was " + value, e);
        }
    }

    /** A number of things of which there must be one at least. */
    int count(String name, int otherwise) {
        int count = number(name, otherwise);
        if (count < 1) {
            throw new IllegalArgumentException("--" + name + " must be at least 1, was " + values.get(name));
        }
        return count;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    ProtocolVersion version() {
        return number("version", 0) == 0 ? ProtocolVersion.V0 : ProtocolVersion.V1;
    }
}
