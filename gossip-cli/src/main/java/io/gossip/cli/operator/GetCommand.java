/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gossip get}: one value. */
@Command(name = "get", description = "Print the value of a key and a line end.")
final class GetCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the key")
    String key = "";

    @Option(names = "--node", paramLabel = "ID", description = "whose key (default: that of the node asked)")
    @Nullable
    String nodeId;

    GetCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("key", key);
        if (nodeId != null) {
            parameters.put("node_id", nodeId);
        }
        NodeClient.Answer answer = node.send("GET", "/api/v1/keys", parameters, BodyPublishers.noBody());
        return show(answer, answer.json().path("value").asText() + "\n");
    }
}
