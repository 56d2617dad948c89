/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** {@code gossip bench}: one run of a whole node or cluster, one JSON line on standard output. */
public final class Bench {
    private static final String HELP = """
            gossip bench COMMAND [--name value]...
              serve    one node that knows --nodes members and owns --own-keys keys, and answers for --seconds; prints READY
                       --nodes 10 --version 0 --port 19000 --own-keys 2000 --keys-per-node 5 --value-len 20 --seconds 60
                       --client 127.0.0.1:P   the address of a client that is trusted as a seed node is
              cluster  --n members in one process: join, steady state, spread of a key, detection of a killed member
                       --n 10 --version 0 --interval 100 --initial INTERVAL --base 20000 --seconds 15 --settle 3
                       --join-timeout 60 --spread 20 --kills 5 --drop 0 (permille) --warm-up 0 (members)
              loss     cluster with --drop 250 --seconds 30 --spread 10 --kills 3
              bulk     a newcomer fetches one member's keys
                       --keys 10000 --value-len 100 --version 0 --interval 100 --base 20000 --timeout 90 --warm-up 0 (keys)
            --event-loops and --native (1 or 0) go with each. Everything on loopback. The names and defaults are those of the Rust chitchat-bench.
            """;

    private static final Set<String> EVERYWHERE = Set.of("version", "seconds", "native", "event-loops");
    private static final Set<String> SERVE =
            Set.of("nodes", "port", "own-keys", "keys-per-node", "value-len", "client");
    private static final Set<String> CLUSTER =
            Set.of("n", "interval", "initial", "base", "settle", "join-timeout", "spread", "kills", "drop", "warm-up");
    private static final Set<String> BULK = Set.of("keys", "value-len", "interval", "base", "timeout", "warm-up");

    private Bench() {}

    /**
     * Runs one command.
     *
     * @param args command and options
     * @throws Exception if the run fails
     */
    public static void main(String[] args) throws Exception {
        String command = args.length == 0 ? "" : args[0];
        try {
            run(command, args);
        } catch (IllegalArgumentException mistake) {
            System.err.println("bench: " + mistake.getMessage() + "; see: bench help");
            System.exit(2);
        }
        System.exit(0); // Vert.x threads that a run left behind are no reason to stay
    }

    private static void run(String command, String[] args) throws Exception {
        switch (command) {
            case "serve" -> ServeRun.run(options(args, SERVE));
            case "cluster" -> ClusterRun.run(options(args, CLUSTER), false);
            case "loss" -> ClusterRun.run(options(args, CLUSTER), true);
            case "bulk" -> BulkRun.run(options(args, BULK));
            case "help", "--help", "-h" -> System.out.print(HELP);
            default -> throw new IllegalArgumentException("there is no command '" + command + "'");
        }
    }

    private static Options options(String[] args, Set<String> ofCommand) {
        Set<String> known = new HashSet<>(EVERYWHERE);
        known.addAll(ofCommand);
        return Options.parse(Arrays.asList(args).subList(1, args.length), known);
    }
}
