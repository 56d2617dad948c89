/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gossip members}: whom a node lists. */
@Command(name = "members", description = "List the live members that a node knows.")
final class MembersCommand extends OperatorCommand {
    private static final String PATH = "/api/v1/members";
    private static final Duration WAIT = Duration.ofSeconds(30);

    @Option(names = "--all", description = "dead members and those that left, too")
    boolean all;

    @Option(names = "--service", paramLabel = "NAME", description = "those that offer this service")
    @Nullable
    String service;

    @Option(names = "--watch", description = "print the list again whenever it has changed, until interrupted")
    boolean watch;

    MembersCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("state", all ? "all" : "live");
        if (service != null) {
            parameters.put("service", service);
        }
        return watch ? watch(node, parameters) : list(node, parameters);
    }

    private int list(NodeClient node, Map<String, String> parameters) {
        return node.await(PATH, parameters, "", Duration.ZERO)
                .map(answer -> show(answer, table(answer.json())))
                .orElse(DONE);
    }

    // Keys change the tag, too; only another list is worth a line.
    private int watch(NodeClient node, Map<String, String> parameters) {
        parameters.put("wait", WAIT.toSeconds() + "s");
        String[] known = {"", ""};
        return new Persistence(output)
                .keepOn(() -> node.await(PATH, parameters, known[0], WAIT).ifPresent(answer -> {
                    known[0] = answer.tag();
                    String shown = json ? answer.json().path("members").toString() : table(answer.json());
                    if (!shown.equals(known[1])) {
                        String gap = json || known[1].isEmpty() ? "" : "\n";
                        known[1] = shown;
                        output.print(gap);
                        show(answer, shown);
                    }
                }));
    }

    private static String table(JsonNode answer) {
        TextTable table = new TextTable("NODE", "STATE", "GENERATION", "ADDRESS", "SERVICE", "KEYS", "HTTP");
        for (JsonNode member : answer.path("members")) {
            JsonNode id = member.path("id");
            table.row(
                    id.path("node_id").asText(),
                    member.path("state").asText(),
                    id.path("generation_id").asText(),
                    id.path("gossip_advertise_addr").asText(),
                    service(member.path("service")),
                    member.path("keys").asText(),
                    member.path("http").asText("-"));
        }
        return table.toString();
    }

    private static String service(JsonNode service) {
        if (!service.isObject()) {
            return "-";
        }
        String type = service.path("type").asText();
        return service.path("sharded").asBoolean()
                ? type + "/" + service.path("shard").asText()
                : type;
    }
}
