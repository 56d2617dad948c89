/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gossip leave}: a member says goodbye. */
@Command(
        name = "leave",
        description = "Make the node asked say goodbye to its cluster. A process of 'gossip node' then stops with exit"
                + " status 0.")
final class LeaveCommand extends OperatorCommand {
    @Option(names = "--node", paramLabel = "ID", description = "leave only if this is the member asked")
    @Nullable
    String expected;

    LeaveCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        String self =
                node.get("/api/v1/node", Map.of()).path("self").path("node_id").asText();
        if (expected != null && !expected.equals(self)) {
            throw OperatorException.lasting(
                    "the member at this address is " + self + ", not " + expected + ": see --url");
        }
        NodeClient.Answer answer = node.send("POST", "/api/v1/leave", Map.of("node_id", self), BodyPublishers.noBody());
        return show(answer, IdentityText.of(answer.json().path("left")) + " has left\n");
    }
}
