/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import io.gossip.core.wire.ProtocolVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of one run: pairs of {@code --name value}. */
final class Options {
    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    static Options parse(List<String> args) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.size(); i += 2) {
            if (!args.get(i).startsWith("--") || i + 1 == args.size()) {
                throw new IllegalArgumentException("expected --name value, got: " + args.get(i));
            }
            values.put(args.get(i).substring(2), args.get(i + 1));
        }
        return new Options(values);
    }

    int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    ProtocolVersion version() {
        return number("version", 0) == 0 ? ProtocolVersion.V0 : ProtocolVersion.V1;
    }
}
