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
    /** Keys of which none can be judged while another one is malformed or lost. */
    private static final List<Set<String>> TOGETHER = List.of(
            Set.of("--service", "--shard", "--service-type"),
            Set.of("--tls-cert", "--tls-key"),
            Set.of("--listen-addr", "--gossip-addr", "--advertise-addr"));

    /**
     * Checks a configuration.
     *
     * @throws ConfigException naming all that is wrong, and where it was set
     * @throws RunException if nothing is wrong but that files which it names cannot be read
     */
    static NodeConfiguration of(Configuration configuration) {
        List<String> problems = new ArrayList<>(configuration.problems());
        Set<ConfigKey> malformed = malformed(configuration, problems);
        NodeOptions options = new NodeOptions();
        parser(options).parseArgs(configuration.without(malformed).arguments());
        LogLevels log = LogLevels.parse(Objects.requireNonNullElse(options.log, ""));
        unknownLevels(configuration, log).ifPresent(problems::add);
        Refusals refusals = new Refusals();
        MemberSettings member = MemberSettings.of(options, refusals);
        Set<ConfigKey> unknown = new LinkedHashSet<>(malformed);
        unknown.addAll(configuration.lost());
        throwIfAny(configuration, problems, judged(configuration, refusals.all(), unknown));
        return new NodeConfiguration(configuration, member, log);
    }

    /** What is refused whatever the keys of unknown values were meant to be. */
    private static List<RefusedOption> judged(
            Configuration configuration, List<RefusedOption> refused, Set<ConfigKey> unknown) {
        return refused.stream()
                .filter(one -> configuration.isWhole())
                .filter(one -> unknown.stream().noneMatch(key -> belongTogether(key.option(), one.option())))
                .toList();
    }

    private static void throwIfAny(Configuration configuration, List<String> problems, List<RefusedOption> refused) {
        List<String> all = new ArrayList<>(problems);
        refused.forEach(one -> all.add(blamed(configuration, one)));
        Optional<Throwable> unreadable = refused.stream()
                .map(Throwable::getCause)
                .filter(IOException.class::isInstance)
                .findFirst();
        boolean onlyUnreadable =
                problems.isEmpty() && refused.stream().allMatch(one -> one.getCause() instanceof IOException);
        if (unreadable.isPresent() && onlyUnreadable) {
            throw new RunException(all, unreadable.get());
        }
        if (!all.isEmpty()) {
            throw new ConfigException(all);
        }
    }

    private static boolean belongTogether(String one, String other) {
        return TOGETHER.stream().anyMatch(group -> group.contains(one) && group.contains(other));
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
    private static Set<ConfigKey> malformed(Configuration configuration, List<String> problems) {
        CommandLine parser = parser(new NodeOptions());
        Set<ConfigKey> malformed = new LinkedHashSet<>();
        for (Setting setting : configuration.settings()) {
            try {
                parser.parseArgs(setting.arguments().toArray(String[]::new));
            } catch (ParameterException e) {
                problems.addAll(setting.refused(reason(e, setting)).problems());
                malformed.add(setting.key());
            }
        }
        return malformed;
    }

    private static Optional<String> unknownLevels(Configuration configuration, LogLevels log) {
        return setting(configuration, "--log")
                // The variable is read long before, and was complained about then.
                .filter(setting -> !log.complaints().isEmpty())
                .filter(setting -> !(setting.origin() instanceof Origin.InEnvironment))
                .map(setting ->
                        setting.refused(log.complaints().get(0)).problems().get(0));
    }

    private static String blamed(Configuration configuration, RefusedOption refused) {
        return setting(configuration, refused.option())
                .map(setting -> setting.refused(refused.why()).problems().get(0))
                .orElseGet(refused::getMessage);
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
