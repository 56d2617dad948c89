/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out what was asked for
 * @param err complaints
 */
record Streams(InputStream in, PrintStream out, PrintStream err) {
    /** {@return those of the process, writing UTF-8 whatever the locale says} */
    static Streams ofProcess() {
        return new Streams(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
