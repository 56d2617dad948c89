/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every operator's command has: a node to ask, and a choice of output. Exit status 0, or an exception. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class OperatorCommand implements Callable<Integer> {
    static final int DONE = 0;

    @Option(names = "--json", description = "print JSON, as the node answers it, instead of text for people")
    boolean json;

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    final OperatorOutput output;

    OperatorCommand(OperatorOutput output) {
        this.output = output;
    }

    /**
     * Asks the node and prints.
     *
     * @return the exit status
     */
    abstract int run(NodeClient node);

    @Override
    public final Integer call() {
        return run(connection.connect());
    }

    /** Prints an answer as it came, or for people. */
    final int show(NodeClient.Answer answer, String forPeople) {
        if (json) {
            output.line(answer.text().strip());
        } else {
            output.print(forPeople);
        }
        return DONE;
    }
}
