/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gossip decode}: shows what is in a datagram. */
@Command(
        name = "decode",
        description = "Print a datagram as JSON.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "--file and - hold raw bytes, or hexadecimal text when --hex is given without a value.",
            "Without a source, standard input is read. Exit status: 0 decoded, 1 malformed or unreadable, 2 wrong usage."
        })
final class DecodeCommand implements Callable<Integer> {
    /** Far more than any datagram can hold, so that a wrong file is refused and not read to its end. */
    private static final int MAX_INPUT_BYTES = 4 * 1024 * 1024;

    private static final String WITHOUT_VALUE = "\0";
    private static final String STANDARD_INPUT = "-";

    @Option(
            names = "--hex",
            arity = "0..1",
            fallbackValue = WITHOUT_VALUE,
            paramLabel = "HEX",
            description = "the datagram in hex; without a value: --file or - holds hex")
    @Nullable
    String hex;

    @Option(names = "--file", paramLabel = "FILE", description = "file with one datagram, - for standard input")
    @Nullable
    String file;

    @Option(
            names = "--lines",
            description = "every line of standard input is one datagram in hex, one line of JSON out for each")
    boolean lines;

    @Parameters(arity = "0..1", paramLabel = "-", description = "read standard input")
    @Nullable
    String source;

    @Spec
    @Nullable
    CommandSpec spec;

    private final Streams streams;

    DecodeCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        String input = input();
        if (lines) {
            return readingFrom(input, in -> new LineDecoder(in, streams.out()).run());
        }
        String text = givenHex();
        byte[] datagram = text != null ? parsedHex(text) : readingFrom(input, DecodeCommand::readAll);
        if (text == null && hex != null) {
            datagram = parsedHex(new String(datagram, StandardCharsets.ISO_8859_1));
        }
        return DatagramPrinter.print(datagram, streams);
    }

    /** {@return the one place to read from, after a look at all that contradicts itself} */
    private String input() {
        if (STANDARD_INPUT.equals(hex)) {
            // "--hex -" is the option without a value, followed by the sign for standard input.
            hex = WITHOUT_VALUE;
            source = source == null ? STANDARD_INPUT : STANDARD_INPUT + source;
        }
        if (source != null && !source.equals(STANDARD_INPUT)) {
            throw wrongUsage("Unmatched argument: '" + source + "'; a file is given with --file");
        }
        int sources = (givenHex() != null ? 1 : 0) + (file != null ? 1 : 0) + (source != null ? 1 : 0);
        if (sources > 1 || (lines && givenHex() != null)) {
            throw wrongUsage("give only one of --hex HEX, --file, --lines and -");
        }
        return file != null ? file : STANDARD_INPUT;
    }

    private @Nullable String givenHex() {
        return WITHOUT_VALUE.equals(hex) ? null : hex;
    }

    private byte[] parsedHex(String text) {
        try {
            return HexText.parse(text);
        } catch (HexText.NotHexException e) {
            throw wrongUsage(e.getMessage());
        }
    }

    private <T> T readingFrom(String input, Reading<T> reading) {
        try (InputStream in = input.equals(STANDARD_INPUT) ? streams.in() : Files.newInputStream(Path.of(input))) {
            return reading.read(in);
        } catch (IOException | RuntimeException e) {
            if (e instanceof RunException refused) {
                throw refused;
            }
            throw new RunException(
                    "cannot read " + (input.equals(STANDARD_INPUT) ? "standard input" : input) + ": "
                            + Failures.reason(e),
                    e);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_INPUT_BYTES + 1);
        if (bytes.length > MAX_INPUT_BYTES) {
            throw new RunException("the input is longer than any datagram: more than " + MAX_INPUT_BYTES + " bytes");
        }
        return bytes;
    }

    private ParameterException wrongUsage(@Nullable String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(message));
    }

    /** What is done with an open source. */
    private interface Reading<T> {
        T read(InputStream in) throws IOException;
    }
}
