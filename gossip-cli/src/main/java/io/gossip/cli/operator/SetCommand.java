/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.operator;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gossip set}: writes a key of the node that is asked. */
@Command(name = "set", description = "Set a key of the node asked.")
final class SetCommand extends OperatorCommand {
    private static final String FROM_INPUT = "-";
    private static final int MAX_BYTES = 256 * 1024; // the node takes no more

    @Parameters(index = "0", paramLabel = "KEY", description = "the key")
    String key = "";

    @Parameters(
            index = "1",
            paramLabel = "VALUE|-",
            description = "the value; - for all of standard input, in UTF-8, line ends included")
    String value = "";

    @Option(names = "--ttl", description = "have it collected when the tombstone grace period is over")
    boolean ttl;

    SetCommand(OperatorOutput output) {
        super(output);
    }

    @Override
    int run(NodeClient node) {
        byte[] bytes = value.equals(FROM_INPUT) ? input() : value.getBytes(StandardCharsets.UTF_8);
        Map<String, String> parameters = new HashMap<>(Map.of("key", key));
        if (ttl) {
            parameters.put("ttl", "true");
        }
        NodeClient.Answer answer = node.send("PUT", "/api/v1/keys", parameters, BodyPublishers.ofByteArray(bytes));
        return show(
                answer,
                TextTable.visible(key) + ": " + answer.json().path("outcome").asText() + ", version "
                        + answer.json().path("version").asText() + "\n");
    }

    private byte[] input() {
        try {
            byte[] bytes = output.in().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw OperatorException.lasting(
                        "standard input has more than " + MAX_BYTES + " bytes, no node takes that");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw OperatorException.lasting("standard input cannot be read: " + unreadable.getMessage());
        }
    }
}
