/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Sets Logback up without a file: readable lines in UTF-8 on standard error, levels from {@code GOSSIP_LOG}. */
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String PATTERN =
            "%date{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{24} - %message%n%ex{8}";

    /** Called by Logback. */
    public LogConfigurator() {}

    /**
     * Configures the loggers.
     *
     * @param context what to configure
     * @return that no other configurator is to be asked
     */
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogLevels settings = LogLevels.parse(Objects.requireNonNullElse(System.getenv(LogLevels.VARIABLE), ""));
        context.getLogger("ROOT").addAppender(standardError(context));
        settings.apply(context);
        Logger logger = context.getLogger(LogConfigurator.class);
        settings.complaints().forEach(complaint -> logger.warn("{}: {}", LogLevels.VARIABLE, complaint));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("standard error");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
