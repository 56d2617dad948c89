/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code gossip leave}: a member says goodbye. */
@Command(
        name = "leave",
        description = "Make the node asked say goodbye to its cluster. A process of 'gossip node' then stops with exit"
                + " status 0.")
final class LeaveCommand extends OperatorCommand {
    LeaveCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        NodeClient.Answer answer = node.send("POST", "/api/v1/leave", Map.of(), BodyPublishers.noBody());
        return show(answer, IdentityText.of(answer.json().path("left")) + " has left\n");
    }
}
