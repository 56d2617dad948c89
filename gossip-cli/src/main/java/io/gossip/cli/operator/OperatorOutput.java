/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out what was asked for
 * @param err remarks while a command goes on
 */
record OperatorOutput(InputStream in, PrintStream out, PrintStream err) {
    /** Prints text that ends with a line end. */
    void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Prints one line. */
    void line(String text) {
        print(text + "\n");
    }

    /** Tells of a difficulty that does not end the command. */
    void remark(String text) {
        err.print("gossip: " + TextTable.visible(text) + "\n");
        err.flush();
    }
}
