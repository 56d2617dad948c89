/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Lets tests log to {@code target/test.log} as well, from the level in {@code GOSSIP_LOG} on (error, warning, info, debug or trace;
 * info if it is not set). The log manager makes one when it starts, so this happens once in each process.
 */
public final class TestLog {
    /** Called by the log manager, as the property {@code java.util.logging.config.class} says. */
    public TestLog() throws IOException {
        String folder = System.getProperty("basedir", ".");
        Level level = level(System.getenv());
        Logger root = Logger.getLogger("");
        root.setLevel(level);
        root.addHandler(added(new FileHandler(folder + "/target/test.log", true), level));
        root.addHandler(added(new ConsoleHandler(), Level.INFO));
    }

    static Level level(Map<String, String> environment) {
        String name = environment.getOrDefault("GOSSIP_LOG", "info").toUpperCase(Locale.ROOT);
        int severity = System.Logger.Level.valueOf(name.equals("WARN") ? "WARNING" : name)
                .getSeverity();
        return Level.parse(Integer.toString(severity));
    }

    private static Handler added(Handler handler, Level level) {
        handler.setLevel(level);
        handler.setFormatter(new SimpleFormatter());
        return handler;
    }
}
