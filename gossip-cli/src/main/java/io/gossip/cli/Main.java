/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

/** Starts the command line. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit status: 0 done or stopped, 1 could not start or run, 2 wrong
     * usage.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.exit(CommandTree.create(Streams.ofProcess()).execute(RawArguments.recover(args)));
    }
}
