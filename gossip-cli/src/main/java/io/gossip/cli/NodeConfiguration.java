/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.cli.config.ConfigException;
import io.gossip.cli.config.ConfigKey;
import io.gossip.cli.config.Configuration;
import io.gossip.cli.config.Origin;
import io.gossip.cli.config.Setting;
import io.gossip.web.AccessToken;
import io.gossip.web.TokenRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * A configuration that a member can run with, as far as that shows before it runs.
 *
 * @param configuration what is set, and where
 * @param member what that means for the member
 * @param log what it means for the log
 */
record NodeConfiguration(Configuration configuration, MemberSettings member, LogLevels log) {
    /**
     * Checks a configuration.
     *
     * @throws ConfigException naming where what is wrong was set
     * @throws RunException if a file that it names cannot be read
     */
    static NodeConfiguration of(Configuration configuration) {
        refuseMalformed(configuration);
        NodeOptions options = new NodeOptions();
        parser(options).parseArgs(configuration.arguments());
        LogLevels log = LogLevels.parse(Objects.requireNonNullElse(options.log, ""));
        refuseUnknownLevels(configuration, log);
        try {
            return new NodeConfiguration(configuration, MemberSettings.of(options), log);
        } catch (RefusedOption refused) {
            throw blamed(configuration, refused);
        }
    }

    /** {@return the names of the keys in which the two differ; a file of tokens does if there are others in it} */
    List<String> differences(NodeConfiguration other) {
        Set<ConfigKey> keys = new LinkedHashSet<>(configuration.differences(other.configuration));
        for (TokenRole role : TokenRole.values()) {
            if (!tokens(role).equals(other.tokens(role))) {
                configuration.keys().ofOption(HttpOptions.tokenFileOption(role)).ifPresent(keys::add);
            }
        }
        return keys.stream().map(ConfigKey::name).toList();
    }

    private List<AccessToken> tokens(TokenRole role) {
        return member.web().getSecurity().getTokens().stream()
                .filter(token -> token.role() == role)
                .toList();
    }

    /** Each by itself, for then it is known where a bad one stands; all of them, so that nobody has to come again. */
    private static void refuseMalformed(Configuration configuration) {
        CommandLine parser = parser(new NodeOptions());
        List<String> problems = new ArrayList<>();
        for (Setting setting : configuration.settings()) {
            try {
                parser.parseArgs(setting.arguments().toArray(String[]::new));
            } catch (ParameterException e) {
                problems.addAll(setting.refused(reason(e, setting)).problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private static void refuseUnknownLevels(Configuration configuration, LogLevels log) {
        setting(configuration, "--log")
                // The variable is read long before, and was complained about then.
                .filter(setting -> !log.complaints().isEmpty())
                .filter(setting -> !(setting.origin() instanceof Origin.InEnvironment))
                .ifPresent(setting -> {
                    throw setting.refused(log.complaints().get(0));
                });
    }

    private static RuntimeException blamed(Configuration configuration, RefusedOption refused) {
        RuntimeException where = setting(configuration, refused.option())
                .<RuntimeException>map(setting -> setting.refused(refused.why()))
                .orElse(refused);
        return refused.getCause() instanceof IOException unreadable
                ? new RunException(String.valueOf(where.getMessage()), unreadable)
                : where;
    }

    private static Optional<Setting> setting(Configuration configuration, String option) {
        return configuration.keys().ofOption(option).flatMap(configuration::setting);
    }

    private static CommandLine parser(NodeOptions options) {
        return Converters.register(new CommandLine(options)).setExpandAtFiles(false);
    }

    private static String reason(ParameterException e, Setting setting) {
        String message = String.valueOf(e.getMessage());
        // "Invalid value for option '--seed' at index 0 (HOST:PORT): why"
        String why = e.getCause() instanceof TypeConversionException converting
                ? String.valueOf(converting.getMessage())
                : message.replaceFirst("^Invalid value for option [^)]*\\): ", "");
        // "'x' is not an int"
        return why.matches("'.*' is not an? \\w+")
                ? "expected " + setting.key().expected() + ", got '" + String.join(", ", setting.values()) + "'"
                : why;
    }
}
