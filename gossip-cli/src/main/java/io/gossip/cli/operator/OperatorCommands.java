/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/** All operator's commands. */
public final class OperatorCommands {
    /** Environment variables that they read; none of them means anything to a node. */
    public static final Set<String> VARIABLES =
            Set.of("GOSSIP_URL", "GOSSIP_TOKEN", "GOSSIP_TOKEN_FILE", "GOSSIP_TLS_TRUST");

    private OperatorCommands() {}

    /**
     * The commands, to be added to the program.
     *
     * @param in standard input
     * @param out what is asked for
     * @param err remarks while a command goes on
     * @return in the order in which to list them; what one cannot do it tells by {@link OperatorException}
     */
    public static List<Object> all(InputStream in, PrintStream out, PrintStream err) {
        OperatorOutput output = new OperatorOutput(in, out, err);
        return List.of(
                new MembersCommand(output),
                new KeysCommand(output),
                new GetCommand(output),
                new SetCommand(output),
                new DeleteCommand(output),
                new EventsCommand(output),
                new LeaveCommand(output),
                new RemoveCommand(output),
                new ReloadCommand(output),
                new DoctorCommand(output));
    }
}
