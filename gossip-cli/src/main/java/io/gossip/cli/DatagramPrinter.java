/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gossip.cli.decode.DatagramJson;
import io.gossip.core.wire.Malformed;

/** Prints one datagram as indented JSON, or says what is wrong with it. */
final class DatagramPrinter {
    private DatagramPrinter() {}

    /** {@return the exit status: 0 for a datagram, 1 for a malformed one} */
    static int print(byte[] datagram, Streams streams) {
        DatagramJson.Result result = DatagramJson.describe(datagram);
        if (result instanceof DatagramJson.Refused refused) {
            return complained(refused.reason(), streams);
        }
        return printed(((DatagramJson.Described) result).json(), streams);
    }

    private static int printed(ObjectNode json, Streams streams) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        printer.indentArraysWith(indenter);
        try {
            streams.out().print(new ObjectMapper().writer(printer).writeValueAsString(json) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
        streams.out().flush();
        return 0;
    }

    private static int complained(Malformed malformed, Streams streams) {
        streams.err()
                .print(malformed.error() + " at offset " + malformed.offset() + ": "
                        + Failures.oneLine(malformed.reason()) + "\n");
        streams.err().flush();
        return 1;
    }
}
