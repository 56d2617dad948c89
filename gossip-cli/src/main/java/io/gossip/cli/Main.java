/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import java.lang.System.Logger.Level;

/** Starts the command line. */
public final class Main {
    private static final System.Logger LOGGER = System.getLogger(Main.class.getName());

    private Main() {}

    /**
     * Runs one command.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        LOGGER.log(Level.INFO, "nothing to run yet");
    }
}
