/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.engine.Profile;
import io.gossip.core.engine.ProtocolChoice;
import io.gossip.transport.HostPort;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the text of an option to its value, complaints worded for one line of standard error. */
final class Converters {
    private static final String WHOLE = "a whole number";

    private Converters() {}

    /** Registers the converters that go by type. */
    static CommandLine register(CommandLine commandLine) {
        return commandLine
                .registerConverter(HostPort.class, text -> convert(text, Converters::hostPort))
                .registerConverter(Duration.class, text -> convert(text, DurationText::parse))
                .registerConverter(InitialKey.class, text -> convert(text, InitialKey::parse))
                .registerConverter(int.class, text -> number(text, WHOLE, Integer::valueOf))
                .registerConverter(Integer.class, text -> number(text, WHOLE, Integer::valueOf))
                .registerConverter(long.class, text -> number(text, WHOLE, Long::valueOf))
                .registerConverter(Long.class, text -> number(text, WHOLE, Long::valueOf))
                .registerConverter(double.class, text -> number(text, "a number", Double::valueOf));
    }

    /** Unsigned 64-bit numbers. */
    static final class Unsigned implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "expected a number from 0 to 18446744073709551615, got '" + text + "'");
            }
        }
    }

    /** Numbers of bytes within {@code int}. */
    static final class IntSize implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return Converters.convert(text, SizeText::parseInt);
        }
    }

    /** Numbers of bytes. */
    static final class LongSize implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return Converters.convert(text, SizeText::parse);
        }
    }

    /** {@code v0}, {@code v1} and {@code auto}. */
    static final class Protocol implements ITypeConverter<ProtocolChoice> {
        @Override
        public ProtocolChoice convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "v0", "0" -> ProtocolChoice.V0;
                case "v1", "1" -> ProtocolChoice.V1;
                case "auto" -> ProtocolChoice.AUTO;
                default -> throw new TypeConversionException("expected v0, v1 or auto, got '" + text + "'");
            };
        }
    }

    /** {@code interop} and {@code jvm}. */
    static final class ProfileName implements ITypeConverter<Profile> {
        @Override
        public Profile convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "interop" -> Profile.INTEROP;
                case "jvm" -> Profile.JVM;
                default -> throw new TypeConversionException("expected interop or jvm, got '" + text + "'");
            };
        }
    }

    /** {@code reference} and {@code self-doubting}. */
    static final class Detector implements ITypeConverter<DetectorRule> {
        @Override
        public DetectorRule convert(String text) {
            return Converters.convert(text, DetectorRule::of);
        }
    }

    private static <T> T number(String text, String expected, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            if (text.matches("-?[0-9]+")) {
                throw new TypeConversionException(
                        "does not fit: " + text + " is too " + (text.startsWith("-") ? "low" : "high"));
            }
            throw new TypeConversionException("expected " + expected + ", got '" + text + "'");
        }
    }

    private static HostPort hostPort(String text) {
        return HostPort.parse("the value", text);
    }

    private static <T> T convert(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
