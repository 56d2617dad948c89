/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Gives back the arguments as they were typed. The JVM reads them in the character set of the locale, and in the locale
 * {@code C} loses every byte that is not ASCII; Linux still has the bytes, which are taken for UTF-8.
 */
final class RawArguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private RawArguments() {}

    /** {@return the arguments, recovered if there is something to recover and a way to do so} */
    static String[] recover(String[] args) {
        return Arrays.stream(args).allMatch(RawArguments::isAscii) ? args : recover(args, commandLine());
    }

    /**
     * Takes the last arguments of a command line.
     *
     * @param args as the JVM gave them
     * @param commandLine arguments of the whole process, each ended by a zero byte
     * @return the recovered ones, or {@code args} if the two do not belong together
     */
    static String[] recover(String[] args, byte[] commandLine) {
        String[] all = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
        int from = all.length - 1 - args.length;
        if (from < 0) {
            return args;
        }
        String[] recovered = Arrays.copyOfRange(all, from, from + args.length);
        for (int i = 0; i < args.length; i++) {
            if (isAscii(args[i]) && !args[i].equals(recovered[i])) {
                return args;
            }
        }
        return recovered;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static byte[] commandLine() {
        try {
            return Files.readAllBytes(COMMAND_LINE);
        } catch (IOException | SecurityException e) {
            return new byte[0];
        }
    }
}
