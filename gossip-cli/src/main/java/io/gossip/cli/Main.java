/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

/** Starts the command line. */
public final class Main {
    private static final int COULD_NOT_RUN = 1;

    private Main() {}

    /**
     * Runs one command and ends the process with its exit status: 0 done or stopped, 1 could not start or run, 2 wrong
     * usage.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        Streams streams = Streams.ofProcess();
        int status = CommandTree.create(streams).execute(RawArguments.recover(args));
        System.exit(status == 0 && isLost(streams) ? COULD_NOT_RUN : status);
    }

    /** A script must not take an empty file on a full disk for an answer. */
    private static boolean isLost(Streams streams) {
        boolean lost = streams.out().checkError();
        if (lost) {
            streams.err().print("gossip: standard output could not be written\n");
            streams.err().flush();
        }
        return lost;
    }
}
