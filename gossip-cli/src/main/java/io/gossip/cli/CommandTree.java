/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.cli.operator.OperatorCommands;
import io.gossip.cli.operator.OperatorException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands with what they have in common: how they are parsed, and one line and an exit status for what fails. */
final class CommandTree {
    /** Exit status: there is something in the arguments, the environment or a file of settings to change. */
    static final int WRONG_USAGE = 2;

    /** Exit status: the surroundings are in the way. */
    static final int COULD_NOT_RUN = 1;

    private CommandTree() {}

    /** {@return the program, ready to execute} */
    static CommandLine create(Streams streams) {
        CommandLine root = new CommandLine(new GossipCommand(streams))
                .addSubcommand(new NodeCommand(streams))
                .addSubcommand(new ConfigCommand(streams))
                .addSubcommand(new DemoCommand(streams))
                .addSubcommand(new DecodeCommand(streams))
                .addSubcommand(new SimulateCommand(streams));
        OperatorCommands.all(streams.in(), streams.out(), streams.err()).forEach(root::addSubcommand);
        return Converters.register(root)
                // A value may begin with @; nobody asked for files of arguments.
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(writer(streams.out()))
                .setErr(writer(streams.err()))
                .setExecutionStrategy(CommandTree::runLast)
                .setParameterExceptionHandler((e, args) -> complain(streams, WRONG_USAGE, usage(e)))
                .setExecutionExceptionHandler((e, line, result) -> failed(streams, e));
    }

    private static int runLast(ParseResult result) {
        if (result.hasSubcommand() && !result.matchedOptions().isEmpty()) {
            String command = result.subcommand().commandSpec().name();
            throw new ParameterException(
                    result.commandSpec().commandLine(), "options stand behind the command: gossip " + command + " ...");
        }
        return new CommandLine.RunLast().execute(result);
    }

    private static String usage(ParameterException e) {
        boolean unknown = e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption();
        boolean command = unknown && e.getCommandLine().getParent() == null;
        return Failures.oneLine(e.getMessage())
                + (command
                        ? "; commands: "
                                + String.join(
                                        ", ",
                                        e.getCommandLine().getSubcommands().keySet())
                        : "")
                + " (see gossip --help)";
    }

    private static int failed(Streams streams, Exception e) {
        if (e instanceof RunException || e instanceof OperatorException) {
            return complain(streams, COULD_NOT_RUN, Failures.reason(e));
        }
        System.getLogger(CommandTree.class.getName()).log(System.Logger.Level.DEBUG, "unexpected failure", e);
        return complain(
                streams, COULD_NOT_RUN, "unexpected " + e.getClass().getSimpleName() + ": " + Failures.reason(e));
    }

    private static int complain(Streams streams, int status, String line) {
        streams.err().print("gossip: " + Failures.brief(line) + "\n");
        streams.err().flush();
        return status;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
