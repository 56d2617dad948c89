/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code GOSSIP_LOG} or {@code --log} asks for: a level for this product, and {@code logger=level} pairs for anything else,
 * separated by commas. {@code GOSSIP_LOG=debug,io.netty=info}
 *
 * @param levels levels by logger name
 * @param complaints parts that were not understood, one line each
 */
record LogLevels(Map<String, Level> levels, List<String> complaints) {
    /** The environment variable. */
    static final String VARIABLE = "GOSSIP_LOG";

    private static final String OURS = "io.gossip";
    private static final String ROOT = "ROOT";
    private static final Map<String, Level> NAMES = Map.of(
            "off", Level.OFF,
            "error", Level.ERROR,
            "warn", Level.WARN,
            "info", Level.INFO,
            "debug", Level.DEBUG,
            "trace", Level.TRACE);

    /** Copies what it is given. */
    LogLevels {
        levels = Map.copyOf(levels);
        complaints = List.copyOf(complaints);
    }

    /** {@return the levels for a value of the variable; the defaults stand for what it does not name} */
    static LogLevels parse(String text) {
        Map<String, Level> levels = new LinkedHashMap<>(Map.of(ROOT, Level.WARN, OURS, Level.INFO));
        List<String> complaints = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String setting = part.strip();
            int equals = setting.indexOf('=');
            String logger = equals < 0 ? OURS : setting.substring(0, equals).strip();
            String name = setting.substring(equals + 1).strip().toLowerCase(Locale.ROOT);
            Level level = NAMES.get(name);
            if (level != null && !logger.isEmpty()) {
                levels.put(logger.equalsIgnoreCase(ROOT) ? ROOT : logger, level);
            } else if (!setting.isEmpty()) {
                complaints.add("'" + setting + "' is neither error, warn, info, debug, trace nor off,"
                        + " nor LOGGER=LEVEL with one of these");
            }
        }
        return new LogLevels(levels, complaints);
    }

    /** Sets the levels of all loggers; those that are not named follow the ones above them. */
    void apply(LoggerContext context) {
        for (Logger logger : context.getLoggerList()) {
            if (!logger.getName().equals(ROOT) && !levels.containsKey(logger.getName())) {
                logger.setLevel(null);
            }
        }
        levels.forEach((logger, level) -> context.getLogger(logger).setLevel(level));
    }
}
