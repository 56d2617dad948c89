/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gossip keys}: what a member shows. */
@Command(name = "keys", description = "List the keys of a member, as a node knows them.")
final class KeysCommand extends OperatorCommand {
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "whose keys (default: those of the node asked)")
    @Nullable
    String nodeId;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "keys that begin so")
    String prefix = "";

    @Option(names = "--reserved", description = "keys that begin with gossip:, too")
    boolean reserved;

    KeysCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        Map<String, String> parameters = new HashMap<>();
        if (nodeId != null) {
            parameters.put("node_id", nodeId);
        }
        if (!prefix.isEmpty()) {
            parameters.put("prefix", prefix);
        }
        if (reserved) {
            parameters.put("reserved", "true");
        }
        NodeClient.Answer answer = node.send("GET", "/api/v1/keys", parameters, BodyPublishers.noBody());
        return show(answer, table(answer.json()));
    }

    private static String table(JsonNode answer) {
        TextTable table = new TextTable("KEY", "VERSION", "STATUS", "VALUE");
        for (JsonNode entry : answer.path("keys")) {
            table.row(
                    entry.path("key").asText(),
                    entry.path("version").asText(),
                    entry.path("status").asText(),
                    entry.path("value").asText());
        }
        return table.toString();
    }
}
