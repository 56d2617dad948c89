/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which file of settings is read. The one option that no file can set. */
final class ConfigFileOption {
    /** The same in the environment. */
    static final String VARIABLE = "GOSSIP_CONFIG";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "file of settings, .yaml, .json or .properties, read again when it changes; keys are the options"
                            + " without dashes. Weaker than the environment (GOSSIP_..., each option has a variable), and that"
                            + " than options (default: none)")
    @Nullable
    Path file;
}
