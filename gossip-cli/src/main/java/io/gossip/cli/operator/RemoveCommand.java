/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gossip remove}: a node forgets a dead member. */
@Command(
        name = "remove",
        description = "Make the node asked forget a member that is dead or has left, now instead of after the grace"
                + " period. Other nodes go on listing it until they are asked, too.")
final class RemoveCommand extends OperatorCommand {
    @Parameters(paramLabel = "NODE", description = "the member to forget")
    String nodeId = "";

    @Option(
            names = "--generation",
            paramLabel = "N",
            description = "which of several generations (default: the highest)")
    @Nullable
    String generation;

    RemoveCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        Map<String, String> parameters = new HashMap<>(Map.of("node_id", nodeId));
        if (generation != null) {
            parameters.put("generation", generation);
        }
        NodeClient.Answer answer = node.send("DELETE", "/api/v1/members", parameters, BodyPublishers.noBody());
        return show(answer, IdentityText.of(answer.json().path("removed")) + " is no longer listed\n");
    }
}
