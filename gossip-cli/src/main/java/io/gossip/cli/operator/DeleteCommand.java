/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gossip delete}: takes a key of the node that is asked away. */
@Command(name = "delete", description = "Delete a key of the node asked.")
final class DeleteCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the key")
    String key = "";

    @Option(names = "--ttl", description = "keep it readable until the tombstone grace period is over")
    boolean ttl;

    DeleteCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        Map<String, String> parameters = new HashMap<>(Map.of("key", key));
        if (ttl) {
            parameters.put("ttl", "true");
        }
        NodeClient.Answer answer = node.send("DELETE", "/api/v1/keys", parameters, BodyPublishers.noBody());
        return show(
                answer,
                TextTable.visible(key) + ": " + (ttl ? "marked" : "deleted") + ", version "
                        + answer.json().path("version").asText() + "\n");
    }
}
