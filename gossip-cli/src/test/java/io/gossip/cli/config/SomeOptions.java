/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** One option of every form. */
final class SomeOptions {
    @Option(
            names = {"--bind-addr", "--bind_addr"},
            paramLabel = "HOST:PORT",
            description = "address (default: ${DEFAULT-VALUE})")
    String bind = "127.0.0.1:1";

    @Option(names = "--seed", paramLabel = "HOST:PORT", description = "contacts (default: none)")
    List<String> seeds = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "keys (default: none)")
    List<String> keys = List.of();

    @Option(names = "--type", paramLabel = "NAME=SHARDED", description = "types (default: none)")
    Map<String, Boolean> types = Map.of();

    @Option(names = "--interval", paramLabel = "DURATION", description = "time (default: 1s)")
    String interval = "1s";

    @Option(names = "--interval-ms", paramLabel = "N", description = "the same (default: see --interval)")
    @Nullable
    Integer millis;

    @Option(names = "--limit", paramLabel = "SIZE", description = "bytes (default: 1MiB)")
    String limit = "1MiB";

    @Option(names = "--phi", paramLabel = "PHI", description = "suspicion (default: ${DEFAULT-VALUE})")
    double phi = 8.0;

    @Option(names = "--mode", paramLabel = "fast|slow", description = "mode (default: fast)")
    String mode = "fast";

    @Option(names = "--strict", description = "strictness (default: false)")
    boolean strict;

    @Option(names = "--token-file", paramLabel = "FILE", description = "secrets (default: none)")
    @Nullable
    Path tokens;

    static ConfigKeys keys() {
        return ConfigKeys.of(CommandSpec.forAnnotatedObject(new SomeOptions()), Map.of("interval", "interval-ms"));
    }
}
