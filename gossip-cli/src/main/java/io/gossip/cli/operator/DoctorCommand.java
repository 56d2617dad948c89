/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gossip.cli.doctor.Examination;
import io.gossip.cli.doctor.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gossip doctor}: what is wrong with a node and its place in the cluster. */
@Command(
        name = "doctor",
        description = {
            "Look for what is wrong with the node asked, and print one line of advice for each finding. Asks the node, a"
                    + " few of its peers by HTTP, and sends SYNs by UDP to its advertised address, its seed nodes and those"
                    + " peers.",
            "Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage."
        })
final class DoctorCommand extends OperatorCommand {
    private static final int SOMETHING_IS_WRONG = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--token-for-peers",
            description = "show the token to other members, too; they are asked where they say that they serve HTTP")
    boolean tokenForPeers;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            description = "how long to wait for each of three datagrams to be answered (default: 500ms)")
    Duration patience = Duration.ofMillis(500);

    DoctorCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        List<Finding> findings = Examination.of(new EvidenceCollector(node, tokenForPeers, patience).collect());
        boolean healthy = findings.stream().allMatch(finding -> finding.level() == Finding.Level.NOTE);
        if (json) {
            output.line(json(findings, healthy));
        } else {
            findings.forEach(finding -> output.line(line(finding)));
            if (healthy) {
                output.line("nothing is wrong with " + node.url());
            }
        }
        return healthy ? DONE : SOMETHING_IS_WRONG;
    }

    private static String line(Finding finding) {
        return TextTable.visible(level(finding) + ": " + finding.text() + ". Advice: " + finding.advice());
    }

    private static String level(Finding finding) {
        return finding.level().name().toLowerCase(Locale.ROOT);
    }

    private static String json(List<Finding> findings, boolean healthy) {
        ObjectNode result = JSON.createObjectNode().put("healthy", healthy);
        ArrayNode list = result.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("level", level(finding))
                    .put("text", finding.text())
                    .put("advice", finding.advice());
        }
        return result.toString();
    }
}
