/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine.Command;

/** {@code gossip reload}: a node reads its configuration again. */
@Command(name = "reload", description = "Make the node asked read its configuration again.")
final class ReloadCommand extends OperatorCommand {
    ReloadCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        NodeClient.Answer answer = node.send("POST", "/api/v1/reload", Map.of(), BodyPublishers.noBody());
        return show(
                answer,
                "applied       " + names(answer.json().path("applied")) + "\n" + "need restart  "
                        + names(answer.json().path("need_restart")) + "\n");
    }

    private static String names(JsonNode names) {
        StringJoiner joined = new StringJoiner(", ");
        joined.setEmptyValue("nothing");
        names.forEach(name -> joined.add(TextTable.visible(name.asText())));
        return joined.toString();
    }
}
